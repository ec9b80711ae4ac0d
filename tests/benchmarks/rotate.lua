-- Asks for the addresses of a file in turn, over and over; a line is an address and, after a tab, an If-None-Match.
-- Prints what came of it as one line of JSON.

local requests, place = {}, 0

function init(arguments)
   for line in io.lines(arguments[1]) do
      local address, tag = line:match("^([^\t]+)\t?(.*)$")
      local headers = { ["Accept"] = "application/json" }
      if tag ~= "" then headers["If-None-Match"] = tag end
      requests[#requests + 1] = wrk.format("GET", address, headers)
   end
end

function request()
   place = place % #requests + 1
   return requests[place]
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format(
      '\n{"requests": %d, "microseconds": %d, "bytes": %d, "failed": %d, "median": %.0f, "p99": %.0f}\n',
      summary.requests, summary.duration, summary.bytes,
      errors.connect + errors.read + errors.write + errors.status + errors.timeout,
      latency:percentile(50), latency:percentile(99)))
end
