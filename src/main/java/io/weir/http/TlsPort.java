package io.weir.http;

import io.weir.config.HttpConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port that speaks TLS. A certificate that was renewed is used from the next minute on, without a restart; what is no certificate is not. */
final class TlsPort implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TlsPort.class);
    private static final long LOOK_SECONDS = 30;

    private final HttpConfig.Tls files;
    private final SslContextFactory.Server factory = new SslContextFactory.Server();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "certificate");
        thread.setDaemon(true);
        return thread;
    });
    private long modifiedMs;

    /** @throws HttpServerException when the files cannot be used */
    TlsPort(HttpConfig.Tls files) {
        this.files = files;
        factory.setSslContext(Tls.server(files));
        modifiedMs = modifiedMs();
        var unused = looking.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    ServerConnector connector(Server server, HttpConfiguration http, String host, int port) {
        HttpConfiguration secure = new HttpConfiguration(http);
        // Engines are asked by their addresses, too, and a name that is not in the certificate is the client's to
        // refuse.
        secure.addCustomizer(new SecureRequestCustomizer(false));
        HttpConnectionFactory plain = new HttpConnectionFactory(secure);
        ServerConnector connector =
                new ServerConnector(server, new SslConnectionFactory(factory, plain.getProtocol()), plain);
        connector.setHost(host);
        connector.setPort(port);
        return connector;
    }

    /** What was read stays in force until the new files can be used. */
    void look() {
        long now = modifiedMs();
        if (now == modifiedMs) {
            return;
        }
        try {
            var fresh = Tls.server(files);
            factory.reload(changed -> changed.setSslContext(fresh));
            modifiedMs = now;
            log.info("read the certificate in {} anew", files.certificate());
        } catch (HttpServerException e) {
            log.error("the certificate of before stays in use: {}", e.getMessage());
        } catch (Exception e) {
            log.error("the certificate of before stays in use", e);
        }
    }

    private long modifiedMs() {
        return modifiedMs(files.certificate()) ^ Long.rotateLeft(modifiedMs(files.key()), 1);
    }

    private static long modifiedMs(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
