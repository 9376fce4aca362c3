package io.weir.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * One way to ask.
 *
 * @param path with names of parameters in braces
 */
record Route(HandlerType method, String path, Right right, Handler handler) {
    static Route get(String path, Right right, Handler handler) {
        return new Route(HandlerType.GET, path, right, handler);
    }

    static Route post(String path, Right right, Handler handler) {
        return new Route(HandlerType.POST, path, right, handler);
    }

    static Route put(String path, Handler handler) {
        return new Route(HandlerType.PUT, path, Right.OPERATE, handler);
    }

    static Route delete(String path, Right right, Handler handler) {
        return new Route(HandlerType.DELETE, path, right, handler);
    }
}
