package dev.tandem.capture;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.tandem.core.packet.LinkType;
import java.util.HashMap;
import java.util.Map;

/**
 * A filter expression in tcpdump's language (pcap-filter(7)), compiled by libpcap for one link type after the other as
 * they turn up. Not thread-safe.
 */
public final class CaptureFilter {
    /** Expressions such as {@code wlan ...} are correct for some link types only; one that none takes is wrong. */
    private static final int[] TYPICAL_LINKS = {
        LinkType.ETHERNET, LinkType.RAW, LinkType.LINUX_SLL, LinkType.IEEE802_11_RADIOTAP, LinkType.PPP
    };

    private static final int ACCEPTED_BYTES = TraceReader.MAX_CAPTURED;
    private static final int OPTIMIZE = 1;
    private static final int NETMASK_UNKNOWN = 0xffffffff;

    private final LibPcap pcap;
    private final String expression;
    private final Map<Integer, FilterProgram> programs = new HashMap<>();

    private CaptureFilter(LibPcap pcap, String expression) {
        this.pcap = pcap;
        this.expression = expression;
    }

    /**
     * Compiles an expression; an empty one accepts everything.
     *
     * @throws CaptureException when it is wrong, with libpcap's reason, or when there is no libpcap
     */
    public static CaptureFilter compile(String expression) throws CaptureException {
        CaptureFilter filter = new CaptureFilter(LibPcap.require("-f"), expression);
        CaptureException first = null;
        for (int linkType : TYPICAL_LINKS) {
            try {
                filter.program(linkType);
                return filter;
            } catch (CaptureException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new CaptureException("no link type to compile a filter for") : first;
    }

    public String expression() {
        return expression;
    }

    /**
     * The filter for packets of one link type.
     *
     * @throws CaptureException when the expression makes no sense for that link type
     */
    FilterProgram program(int linkType) throws CaptureException {
        FilterProgram known = programs.get(linkType);
        if (known == null) {
            known = compile(dataLink(linkType));
            programs.put(linkType, known);
        }
        return known;
    }

    private FilterProgram compile(int dataLink) throws CaptureException {
        Pointer handle = pcap.pcap_open_dead(dataLink, ACCEPTED_BYTES);
        if (handle == null) {
            throw new CaptureException("libpcap has no memory for a filter");
        }
        try (Memory program = new Memory(2L * Native.POINTER_SIZE)) {
            program.clear();
            if (pcap.pcap_compile(handle, program, expression, OPTIMIZE, NETMASK_UNKNOWN) != 0) {
                throw new CaptureException("capture filter \"" + expression + "\": " + pcap.pcap_geterr(handle));
            }
            try {
                int instructions = program.getInt(0);
                Pointer code = program.getPointer(Native.POINTER_SIZE);
                byte[] bytes = code.getByteArray(0, instructions * FilterProgram.INSTRUCTION_BYTES);
                return new FilterProgram(bytes, ByteLayout.ofThisMachine());
            } finally {
                pcap.pcap_freecode(program);
            }
        } finally {
            pcap.pcap_close(handle);
        }
    }

    /** What files call by one number and libpcap by another on Linux (pcap-common.c of libpcap). */
    private static int dataLink(int linkType) {
        return switch (linkType) {
            case LinkType.RAW, LinkType.DLT_RAW_OPENBSD -> LinkType.DLT_RAW_BSD;
            case 100 -> 11;
            case 102 -> 15;
            case 103 -> 16;
            case 106 -> 19;
            default -> linkType;
        };
    }
}
