-- Asks for the addresses of a file in turn, over and over. A line has, with tabs
-- between them, an address, an If-None-Match, what to post there and a token. Prints what came of it as one line of JSON.

local requests, place = {}, 0

function init(arguments)
   for line in io.lines(arguments[1]) do
      local address, tag, body, token = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)$")
      local headers = { ["Accept"] = "application/json", ["Accept-Encoding"] = "gzip" }
      if tag ~= "" then headers["If-None-Match"] = tag end
      if token ~= "" then headers["Authorization"] = "Bearer " .. token end
      if body ~= "" then
         headers["Content-Type"] = "application/json"
         requests[#requests + 1] = wrk.format("POST", address, headers, body)
      else
         requests[#requests + 1] = wrk.format("GET", address, headers)
      end
   end
end

function request()
   place = place % #requests + 1
   return requests[place]
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format(
      '\n{"requests": %d, "microseconds": %d, "bytes": %d, "failed": %d, "p99": %.0f}\n',
      summary.requests, summary.duration, summary.bytes,
      errors.connect + errors.read + errors.write + errors.status + errors.timeout,
      latency:percentile(99)))
end
