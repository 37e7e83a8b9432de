-- Sends the requests of a file in turn: method, path, headers, an empty line, the body.
-- "{n}" in path and body becomes a number that is never used again.
local requests, place, count = {}, 0, 0

function init(args)
  local started = os.time()
  count = (started % 100000) * 1000000
  local lines = io.lines(args[1])
  for method in lines do
    local one = { method = method, path = lines(), headers = {} }
    for line in lines do
      if line == "" then break end
      local name, value = line:match("^([^:]+): (.*)$")
      one.headers[name] = value
    end
    one.body = lines()
    if one.body == "" then one.body = nil end
    requests[#requests + 1] = one
  end
end

function request()
  place = place % #requests + 1
  count = count + 1
  local one = requests[place]
  local number = string.format("%d", count)
  local body = one.body and one.body:gsub("{n}", number)
  one.headers["X-Forwarded-For"] = string.format(
    "10.%d.%d.%d", count / 65536 % 200, count / 256 % 256, count % 256)
  return wrk.format(one.method, (one.path:gsub("{n}", number)), one.headers, body)
end

function done(summary, latency, _)
  local errors = summary.errors
  local failed = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format(
    '{"requests": %d, "seconds": %.3f, "p50_ms": %.3f, "p99_ms": %.3f, "failed": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, failed))
end
