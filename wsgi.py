"""The WSGI entry: gunicorn -c smartby/gunicorn_conf.py wsgi:app."""

from gevent import monkey

if not monkey.is_module_patched("socket"):
    monkey.patch_all()

from smartby import create_app  # noqa: E402

app = create_app()
