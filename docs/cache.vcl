# A shared cache before the tracker, which is on port 8000 (Varnish 7; see operations.md).
#
# What names an edition is answered from the cache for a day. Anything else is kept, too, and asked for again each time
# with its entity tag, which costs the tracker little: what was published is seen by the very next request.
vcl 4.1;

backend tracker {
    .host = "127.0.0.1";
    .port = "8000";
}

sub vcl_recv {
    if (req.url !~ "^/api/v1/" || req.url ~ "^/api/v1/desk/") {
        return (pass);
    }
    # The publication answers everybody alike.
    unset req.http.Cookie;
    # Those who ask at the same moment needn't wait for one another.
    set req.hash_ignore_busy = true;
}

sub vcl_hit {
    if (obj.http.Cache-Control ~ "no-cache") {
        return (pass);
    }
}

sub vcl_backend_response {
    if (beresp.http.ETag && beresp.http.Cache-Control ~ "no-cache") {
        # Varnish asks with the tag of what has expired, and holds nothing that never lived.
        set beresp.ttl = 1ms;
        set beresp.grace = 0s;
        set beresp.keep = 1d;
        return (deliver);
    }
}
