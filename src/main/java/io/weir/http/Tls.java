package io.weir.http;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.weir.config.HttpConfig;
import io.weir.config.HttpSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** TLS by files in PEM, which Netty reads: the JDK reads certificates from them, and no keys. */
public final class Tls {
    private Tls() {}

    /**
     * As a server, with its own certificate.
     *
     * @throws HttpServerException naming the files when they cannot be used
     */
    static SSLContext server(HttpConfig.Tls files) {
        requireReadable(HttpSettings.TLS_CERTIFICATE, files.certificate());
        requireReadable(HttpSettings.TLS_KEY, files.key());
        try {
            return jdk(SslContextBuilder.forServer(
                            files.certificate().toFile(), files.key().toFile())
                    .sslProvider(SslProvider.JDK)
                    .build());
        } catch (SSLException | IllegalArgumentException e) {
            throw new HttpServerException(
                    HttpSettings.TLS_CERTIFICATE + " = " + files.certificate() + " and " + HttpSettings.TLS_KEY + " = "
                            + files.key() + " cannot be used: " + reason(e)
                            + "; they must be a certificate chain and its key (BEGIN PRIVATE KEY), in PEM",
                    e);
        }
    }

    /**
     * As a client, which trusts what these certificates vouch for and nothing else.
     *
     * @param setting names the file in the message
     * @throws HttpServerException when the file cannot be used
     */
    public static SSLContext client(String setting, Path certificates) {
        requireReadable(setting, certificates);
        try {
            File file = certificates.toFile();
            return jdk(SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .trustManager(file)
                    .build());
        } catch (SSLException | IllegalArgumentException e) {
            throw new HttpServerException(
                    setting + " = " + certificates + " cannot be used: " + reason(e)
                            + "; it must be certificates in PEM",
                    e);
        }
    }

    private static SSLContext jdk(SslContext context) {
        if (context instanceof JdkSslContext jdk) {
            return jdk.context();
        }
        throw new IllegalStateException("the JDK's own was asked for");
    }

    private static void requireReadable(String setting, Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new HttpServerException(setting + " = " + file + " is no file that can be read");
        }
    }

    private static String reason(Exception e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        boolean saysMore = root instanceof CertificateException || root instanceof IOException;
        return (saysMore ? "" : root.getClass().getSimpleName() + ": ") + root.getMessage();
    }
}
