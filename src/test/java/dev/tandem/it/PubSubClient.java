package dev.tandem.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A client of the publish and subscribe endpoint, of the JDK's own WebSocket. */
final class PubSubClient implements WebSocket.Listener, AutoCloseable {
    private static final long SECONDS = 20;

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private @Nullable WebSocket socket;

    /** Connects over TLS, trusting one authority. */
    static PubSubClient connect(int port, Path authority, @Nullable String token) throws IOException {
        PubSubClient client = new PubSubClient();
        WebSocket.Builder builder =
                HttpClient.newBuilder().sslContext(trusting(authority)).build().newWebSocketBuilder();
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        client.socket = builder.buildAsync(URI.create("wss://127.0.0.1:" + port + "/v1/messages/json"), client)
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
        return client;
    }

    /** The status of the answer that refuses a connection. */
    static int refusal(int port, Path authority, @Nullable String token) throws IOException {
        try (PubSubClient client = connect(port, authority, token)) {
            throw new AssertionError("was let in: " + client);
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    static SSLContext trusting(Path authority) throws IOException {
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private WebSocket socket() {
        WebSocket open = socket;
        if (open == null) {
            throw new AssertionError("not connected");
        }
        return open;
    }

    void send(String text) {
        socket().sendText(text, true).orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    /** The next message, {@code closed CODE} at the end. */
    String next() {
        try {
            String message = messages.poll(SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("nothing came");
            }
            return message;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            messages.add(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        messages.add("closed " + code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        messages.add("error " + error);
    }

    @Override
    public void close() {
        WebSocket open = socket;
        if (open != null && !open.isOutputClosed()) {
            open.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .orTimeout(SECONDS, TimeUnit.SECONDS)
                    .exceptionally(e -> open)
                    .join();
        }
    }
}
