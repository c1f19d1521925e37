package dev.tandem.daemon;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells systemd how the run is, by datagrams to the socket that NOTIFY_SOCKET names (sd_notify(3)): the JDK has no datagrams
 * on Unix sockets, so libc sends them. Without that variable nothing is done. Engine thread.
 */
final class ServiceNotifier {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int LONGEST_PATH = 108;

    /** libc. */
    private static final class C {
        static {
            Native.register(C.class, Platform.C_LIBRARY_NAME);
        }

        static native int socket(int domain, int type, int protocol) throws LastErrorException;

        static native int sendto(int socket, byte[] bytes, NativeLong length, int flags, byte[] to, int toLength)
                throws LastErrorException;

        static native int close(int descriptor) throws LastErrorException;
    }

    private final @Nullable String socketName;
    private final long aliveNanos;
    private long nextAlive = Long.MIN_VALUE;

    private ServiceNotifier(@Nullable String socketName, long aliveNanos) {
        this.socketName = socketName;
        this.aliveNanos = aliveNanos;
    }

    /** @param environment with NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, if systemd wants to be told */
    static ServiceNotifier of(Map<String, String> environment) {
        String socket = environment.get("NOTIFY_SOCKET");
        String watchdog = environment.get("WATCHDOG_USEC");
        String watched = environment.get("WATCHDOG_PID");
        boolean isMeant = watched == null
                || watched.equals(Long.toString(ProcessHandle.current().pid()));
        long micros = 0;
        if (watchdog != null && isMeant) {
            try {
                micros = Long.parseLong(watchdog);
            } catch (NumberFormatException e) {
                micros = 0;
            }
        }
        // Twice as often as needed, as sd_watchdog_enabled(3) advises.
        return new ServiceNotifier(socket, TimeUnit.MICROSECONDS.toNanos(micros) / 2);
    }

    /** The run has got that far. */
    void phase(RunPhase phase) {
        switch (phase) {
            case INITIALIZING -> send("STATUS=reading scripts");
            case RUNNING -> send("READY=1\nSTATUS=running");
            case TERMINATING -> send("STOPPING=1\nSTATUS=logging what is open");
            case TERMINATED -> send("STATUS=terminated");
        }
    }

    /** The engine goes round: called at every turn, told to systemd when it is time. */
    void alive() {
        if (aliveNanos == 0) {
            return;
        }
        long now = System.nanoTime();
        if (nextAlive == Long.MIN_VALUE || now - nextAlive >= 0) {
            nextAlive = now + aliveNanos;
            send("WATCHDOG=1");
        }
    }

    private void send(String message) {
        if (socketName == null) {
            return;
        }
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        byte[] address = address(socketName);
        if (address == null) {
            return;
        }
        try {
            int socket = C.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            try {
                C.sendto(socket, bytes, new NativeLong(bytes.length), 0, address, address.length);
            } finally {
                C.close(socket);
            }
        } catch (LastErrorException | LinkageError e) {
            // Nobody listens, or this system has no such calls: the run itself goes on.
        }
    }

    /** struct sockaddr_un; a name that begins with {@code @} is in the abstract name space. Null when it is too long. */
    private static byte @Nullable [] address(String name) {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path.length >= LONGEST_PATH) {
            return null;
        }
        boolean isAbstract = path.length > 0 && path[0] == '@';
        byte[] address = new byte[2 + path.length + (isAbstract ? 0 : 1)];
        ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).putShort((short) AF_UNIX);
        System.arraycopy(path, 0, address, 2, path.length);
        if (isAbstract) {
            address[2] = 0;
        }
        return address;
    }
}
