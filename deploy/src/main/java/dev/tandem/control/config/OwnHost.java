package dev.tandem.control.config;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells this host from others by the names and addresses that node.cfg has: all hosts of a sensor have the same file. */
public final class OwnHost {
    /** In the environment: a name that this host has for those who sent us here by it. */
    public static final String VARIABLE = "TANDEM_HOST";

    private static final Set<String> OWN = ConcurrentHashMap.newKeySet();

    private OwnHost() {}

    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("::1");
    }

    /** A name that nobody knows is another's, until somebody knows it. */
    static boolean is(String host) {
        return isLoopback(host)
                || host.equals(System.getenv(VARIABLE))
                || OWN.contains(host)
                || hasAddress(host) && OWN.add(host);
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
