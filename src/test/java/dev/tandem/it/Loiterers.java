package dev.tandem.it;

import io.netty.handler.ssl.JdkSslContext;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Connections that begin something and do not go on, or go on a byte at a time (slow-loris), some closed on one side. */
final class Loiterers implements AutoCloseable {
    private static final int MOST = 200;
    private static final byte[] HEADERS =
            "POST /api/osquery/log HTTP/1.1\r\nHost: x\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII);

    private final AgentNetwork network;
    private final Deque<Socket> all = new ArrayDeque<>();
    private final List<OutputStream> slow = new ArrayList<>();
    private final ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();
    private int count;
    private int cut;

    Loiterers(AgentNetwork network) {
        this.network = network;
        dripping.scheduleWithFixedDelay(this::drip, 500, 500, TimeUnit.MILLISECONDS);
    }

    /** One more, of the next kind; the oldest goes when there are too many. */
    synchronized void add() throws IOException {
        Socket socket = new Socket(network.server.getAddress(), network.server.getPort());
        socket.setSoTimeout(10_000);
        all.addLast(socket);
        int kind = count++ % 8;
        switch (kind) {
            case 0 -> socket.shutdownOutput();
            case 1 -> say(socket, "\u0016\u0003\u0001\u0002");
            case 2 -> {
                say(socket, "GET / HTTP/1.1\r\n\r\n");
                socket.shutdownOutput();
            }
            case 3 -> say(socket, "\u0000".repeat(5000));
            case 4, 5 -> {
                Socket tls = tls(socket);
                tls.getOutputStream().write(HEADERS);
                tls.getOutputStream().flush();
                slow.add(tls.getOutputStream());
            }
            case 6 -> {
                Socket tls = tls(socket);
                say(tls, "POST /api/osquery/log HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n{");
                slow.add(tls.getOutputStream());
            }
            default -> {
                Socket tls = tls(socket);
                say(tls, "POST /api/osquery/config HTTP/1.1\r\nContent-Length: 50\r\n\r\n{\"node");
                tls.shutdownOutput(); // half closed, the request too
            }
        }
        while (all.size() > MOST) {
            all.removeFirst().close();
        }
    }

    private Socket tls(Socket plain) throws IOException {
        return ((JdkSslContext) network.tls)
                .context()
                .getSocketFactory()
                .createSocket(plain, network.server.getHostString(), network.server.getPort(), false);
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private synchronized void drip() {
        slow.removeIf(out -> {
            try {
                out.write('a');
                out.flush();
                return false;
            } catch (IOException e) {
                cut++; // the server has had enough
                return true;
            }
        });
    }

    @Override
    public synchronized String toString() {
        return count + " connections that loiter, " + cut + " slow ones cut off by now";
    }

    @Override
    public void close() throws IOException {
        dripping.shutdownNow();
        synchronized (this) {
            for (Socket socket : all) {
                socket.close();
            }
        }
    }
}
