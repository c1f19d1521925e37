package dev.tandem.capture;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of libpcap that pcap4j does not offer, bound to the library that it loads too. Loads at first use:
 * {@link #require} says in words when there is none.
 */
final class LibPcap {
    /** pcap4j's own property, so that both take the same library. */
    private static final String NAME_PROPERTY = "org.pcap4j.core.pcapLibName";

    /** PCAP_ERRBUF_SIZE. */
    static final int ERROR_BYTES = 256;

    private static @Nullable LibPcap loaded;

    /** Address of pcap_dump, which libpcap itself calls for each packet. */
    private final Pointer dumpFunction;

    private LibPcap(NativeLibrary library) {
        Native.register(LibPcap.class, library);
        dumpFunction = library.getFunction("pcap_dump");
    }

    /**
     * The library.
     *
     * @param purpose what needs it, e.g. {@code "-i"}
     * @throws CaptureException when it is not installed
     */
    static synchronized LibPcap require(String purpose) throws CaptureException {
        LibPcap known = loaded;
        if (known == null) {
            known = new LibPcap(find(System.getProperty(NAME_PROPERTY, "pcap"), purpose));
            loaded = known;
        }
        return known;
    }

    static NativeLibrary find(String name, String purpose) throws CaptureException {
        try {
            return NativeLibrary.getInstance(name);
        } catch (UnsatisfiedLinkError e) {
            throw new CaptureException(
                    "libpcap is needed for " + purpose
                            + " and was not found; install libpcap0.8 (Debian, Ubuntu) or libpcap (Fedora, Alpine)",
                    e);
        }
    }

    Pointer dumpFunction() {
        return dumpFunction;
    }

    native int pcap_dispatch(Pointer handle, int packets, Pointer callback, Pointer user);

    native @Nullable Pointer pcap_dump_fopen(Pointer handle, Pointer file);

    native void pcap_dump_close(Pointer dumper);

    native int pcap_fileno(Pointer handle);

    native @Nullable String pcap_geterr(Pointer handle);

    native @Nullable Pointer pcap_fopen_offline(Pointer file, Pointer error);

    native int pcap_compile(Pointer handle, Pointer program, String expression, int optimize, int netmask);

    native void pcap_freecode(Pointer program);

    native void pcap_close(Pointer handle);
}
