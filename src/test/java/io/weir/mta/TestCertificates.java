package io.weir.mta;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Keys and certificates for a test, made by openssl: an authority, what it signed, and what signed itself. */
final class TestCertificates {
    private static final String PASSWORD = "test";

    private final Path directory;

    /** Makes the authority "ca", and "server", signed by it. */
    TestCertificates(Path directory) throws Exception {
        this.directory = directory;
        selfSigned("ca", "/CN=Test authority");
        signed("server", "/CN=mx.example.com");
    }

    Path certificate(String name) {
        return directory.resolve(name + ".pem");
    }

    Path key(String name) {
        return directory.resolve(name + ".key");
    }

    /** One that nobody vouches for. */
    void selfSigned(String name, String subject) throws Exception {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                subject,
                "-keyout",
                key(name).toString(),
                "-out",
                certificate(name).toString());
        pack(name);
    }

    /** One that the authority vouches for. */
    void signed(String name, String subject) throws Exception {
        Path request = directory.resolve(name + ".csr");
        openssl(
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                subject,
                "-keyout",
                key(name).toString(),
                "-out",
                request.toString());
        openssl(
                "x509",
                "-req",
                "-in",
                request.toString(),
                "-CA",
                certificate("ca").toString(),
                "-CAkey",
                key("ca").toString(),
                "-CAcreateserial",
                "-days",
                "2",
                "-out",
                certificate(name).toString());
        pack(name);
    }

    private void pack(String name) throws Exception {
        openssl(
                "pkcs12",
                "-export",
                "-inkey",
                key(name).toString(),
                "-in",
                certificate(name).toString(),
                "-out",
                directory.resolve(name + ".p12").toString(),
                "-passout",
                "pass:" + PASSWORD);
    }

    private void openssl(String... args) throws Exception {
        String[] command = new String[args.length + 1];
        command[0] = "openssl";
        System.arraycopy(args, 0, command, 1, args.length);
        Path said = directory.resolve("openssl.log");
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + ": " + Files.readString(said));
        }
    }

    /** SHA-256 of the public key, as Postfix writes it. */
    String keyFingerprint(String name) throws Exception {
        byte[] key = store(name)
                .getCertificate(store(name).aliases().nextElement())
                .getPublicKey()
                .getEncoded();
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(key));
    }

    private KeyStore store(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve(name + ".p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    /** A client that shows this certificate and believes any server. */
    SSLSocketFactory client(String name) throws Exception {
        KeyStore store = store(name);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new Insistent(store)}, new TrustManager[] {new Credulous()}, new SecureRandom());
        return context.getSocketFactory();
    }

    /** Shows its certificate whatever authorities the server names: the JDK's own would keep back what none of them signed. */
    private static final class Insistent extends X509ExtendedKeyManager {
        private final String alias;
        private final X509Certificate certificate;
        private final PrivateKey key;

        Insistent(KeyStore store) throws Exception {
            alias = store.aliases().nextElement();
            certificate = (X509Certificate) store.getCertificate(alias);
            key = (PrivateKey) store.getKey(alias, PASSWORD.toCharArray());
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return alias;
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return alias;
        }

        @Override
        public X509Certificate[] getCertificateChain(String name) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String name) {
            return key;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {alias};
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }
    }

    private static final class Credulous extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
