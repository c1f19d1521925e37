package dev.tandem.control.config;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells this host from others by the names and addresses that node.cfg has: all hosts of a sensor have the same file. */
final class OwnHost {
    private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

    private OwnHost() {}

    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("::1");
    }

    /** A name is looked up once in a process; one that nobody knows is another's. */
    static boolean is(String host) {
        return isLoopback(host) || KNOWN.computeIfAbsent(host, OwnHost::hasAddress);
    }

    private static boolean hasAddress(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (UnknownHostException | SocketException e) {
            return false;
        }
    }
}
