package io.weir.http;

import io.javalin.security.RouteRole;

/** Who may use a route. */
enum Right implements RouteRole {
    /** Anybody who can reach the port: health, help pages, and what describes the API. Who shows a token that is known is known by it. */
    ANYBODY,
    /** Anybody on this machine; who reads, where other machines reach the port. */
    METRICS,
    /** Who may ask. */
    READ,
    /** Who may change what operators may change. */
    OPERATE,
    /** Other engines of the site. */
    PEER,
    /** Who shows the edge's own token, which the route looks at itself. */
    EDGE
}
