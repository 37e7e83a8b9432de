"""What a request can say around its content: names, origins, proxies and packed forms."""

# Names that are not ours, or ours in no form in which a browser writes it.
HOSTS = [
    "evil.example",
    "evil.example:80",
    "localhost.evil.example",
    "evil-localhost",
    "localhost.",
    "evil.example@localhost",
    "user:password@localhost",
    "localhost@evil.example",
    "localhost:80@evil.example",
    "localhost:evil.example",
    "localhost:-1",
    "localhost/evil.example",
    "localhost\\evil.example",
    "localhost?evil.example",
    "localhost#evil.example",
    "localhost,evil.example",
    "localhost:80, evil.example",
    "localhost evil.example",
    "xn--lcalhost-m4a",
    "l\u00f6calhost",
    "loca%6chost",
    "127.1",
    "0x7f.0.0.1",
    "2130706433",
    "[::ffff:127.0.0.1]",
    "[::1",
    "[evil.example]",
    "",
]
OUR_HOSTS = ["localhost", "LOCALHOST", "localhost:81", "127.0.0.1", "[::1]:80"]

ORIGINS = [
    "https://evil.example",
    "null",
    "",
    "http://localhost.evil.example",
    "http://evil.example/http://localhost",
    "https://localhost",
    "http://localhost:81",
    "http://LOCALHOST",
    "http://user@localhost",
    "http://localhost/",
    "http://localhost, https://evil.example",
    "file://",
    "*",
]

# What only a proxy may say, and nobody is told to believe one.
FORWARDED = [
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Port": "444"},
    {"X-Forwarded-Prefix": "//evil.example"},
    {"X-Forwarded-Server": "evil.example", "X-Host": "evil.example", "X-HTTP-Host": "evil.example"},
    {"Forwarded": 'host=evil.example;proto=https;for="[::1]"'},
    {"X-Original-URL": "//evil.example/", "X-Rewrite-URL": "//evil.example/"},
    {"X-Original-Host": "evil.example", "Referer": "http://evil.example/"},
]

FORM = "multipart/form-data"
BOUNDED = f"{FORM}; boundary=x"


def _part(name: str, value: str = "a", more: str = "") -> bytes:
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"{more}'
    return f"{head}\r\n\r\n{value}\r\n".encode("utf-8", "surrogatepass")


_END = b"--x--\r\n"
_NESTED = (
    b'--x\r\nContent-Disposition: form-data; name="title"\r\n'
    b"Content-Type: multipart/mixed; boundary=y\r\n\r\n"
    b'--y\r\nContent-Disposition: file; filename="a"\r\n\r\nb\r\n--y--\r\n'
)
# Packed forms: what is said of them, and what they are.
PACKED: dict[str, tuple[str, bytes]] = {
    "thousands of parts": (BOUNDED, b"".join(_part(f"a{n}") for n in range(5_000)) + _END),
    "one name thousands of times": (BOUNDED, _part("title") * 5_000 + _END),
    "no boundary": (FORM, _part("title") + _END),
    "an empty boundary": (f"{FORM}; boundary=", _part("title") + _END),
    "another boundary": (f"{FORM}; boundary=z", _part("title") + _END),
    "a long boundary": (f"{FORM}; boundary={'x' * 5_000}", _part("title") + _END),
    "a boundary with signs": (f'{FORM}; boundary="x\\"; a=b"', _part("title") + _END),
    "two boundaries": (f"{FORM}; boundary=x; boundary=y", _part("title") + _END),
    "no end": (BOUNDED, _part("title")),
    "nothing": (BOUNDED, b""),
    "an end only": (BOUNDED, _END),
    "something after the end": (BOUNDED, _part("title") + _END + _part("body") * 50),
    "parts within a part": (BOUNDED, _NESTED + _END),
    "a huge head": (BOUNDED, _part("title", more="; x=" + "a" * 100_000) + _END),
    "a huge name": (BOUNDED, _part("a" * 100_000) + _END),
    "thousands of head lines": (BOUNDED, _part("title", more="\r\nX: y" * 5_000) + _END),
    "a head without an end": (BOUNDED, b"--x\r\nContent-Disposition: form-data" + b"a" * 9_000),
    "no head": (BOUNDED, b"--x\r\n\r\na\r\n" + _END),
    "no name": (BOUNDED, b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n" + _END),
    "a file without a name": (
        BOUNDED, b'--x\r\nContent-Disposition: form-data; filename="a"\r\n\r\na\r\n' + _END,
    ),
    "a part of another kind": (BOUNDED, b"--x\r\nContent-Disposition: x\r\n\r\na\r\n" + _END),
    "a path for a file's name": (BOUNDED, _part("title", more='; filename="../../x"') + _END),
    "half a character for a file's name": (
        BOUNDED, _part("title", more="; filename*=UTF-8''%ed%a0%80%00") + _END,
    ),
    "a file's name in no code": (BOUNDED, _part("title", more="; filename*=x-y''%ff") + _END),
    "a name in two pieces": (BOUNDED, _part("title", more='; name*0="bo"; name*1="dy"') + _END),
    "a code that is none": (
        BOUNDED,
        b'--x\r\nContent-Disposition: form-data; name="title"\r\n'
        b"Content-Type: text/plain; charset=\x00x\r\n\r\n\xff\r\n" + _END,
    ),
    "a transfer coding": (
        BOUNDED,
        b'--x\r\nContent-Disposition: form-data; name="title"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n=\r\n" + _END,
    ),
    "half of each line break": (BOUNDED, (_part("title") + _END).replace(b"\r\n", b"\n")),
    "a NUL in a name": (BOUNDED, _part("ti\x00tle") + _END),
    "a large field": (BOUNDED, _part("body", "a" * 300_000) + _END),
    "a large file": (BOUNDED, _part("body", "a" * 7_000_000, '; filename="a"') + _END),
}  # fmt: skip
