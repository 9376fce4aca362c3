package io.weir.http;

import io.javalin.http.HttpStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the server says before any route is looked for: to what is no HTTP, has too long a head, or a path that could mean two things. */
final class ErrorPages extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int code = response.getStatus() >= 400 ? response.getStatus() : HttpStatus.BAD_REQUEST.getCode();
        HttpStatus status = HttpStatus.forStatus(code);
        String detail = code == HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE.getCode()
                ? "the head of the request may have 8 KiB"
                : "this is no request that can be understood: " + status.getMessage();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        Headers.forEach((name, value) -> response.getHeaders().put(name, value));
        byte[] body = new Problem(status, detail).json().getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
