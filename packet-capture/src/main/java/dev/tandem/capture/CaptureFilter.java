package dev.tandem.capture;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.PacketBatch;
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

    private static final int OPTIMIZE = 1;
    private static final int NETMASK_UNKNOWN = 0xffffffff;

    private final LibPcap pcap;
    private final LibC c;
    private final String expression;
    private final Map<Integer, FilterProgram> programs = new HashMap<>();

    private CaptureFilter(LibPcap pcap, LibC c, String expression) {
        this.pcap = pcap;
        this.c = c;
        this.expression = expression;
    }

    /**
     * Compiles an expression; an empty one accepts everything.
     *
     * @throws CaptureException when it is wrong, with libpcap's reason, or when there is no libpcap
     */
    public static CaptureFilter compile(String expression) throws CaptureException {
        LibPcap pcap = LibPcap.require("-f");
        LibC c = LibC.orNull();
        if (c == null) {
            throw new CaptureException("this system's C library cannot compile capture filters (no fmemopen)");
        }
        CaptureFilter filter = new CaptureFilter(pcap, c, expression);
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
     * Whether it takes a packet.
     *
     * @throws CaptureException as {@link #program}
     */
    public boolean accepts(PacketBatch batch, int packet) throws CaptureException {
        return program(batch.linkType())
                .accepts(batch.data(), batch.offset(packet), batch.capturedBytes(packet), batch.originalBytes(packet));
    }

    /**
     * The filter for packets of one link type.
     *
     * @throws CaptureException when the expression makes no sense for that link type
     */
    FilterProgram program(int linkType) throws CaptureException {
        FilterProgram known = programs.get(linkType);
        if (known == null) {
            known = compileFor(linkType);
            programs.put(linkType, known);
        }
        return known;
    }

    /**
     * Compiles as for a file rather than for this machine's interfaces: libpcap then reckons with packets of other
     * systems, such as their numbers for IPv6 on a loopback interface. So it is given one, of no packets, in memory.
     */
    private FilterProgram compileFor(int linkType) throws CaptureException {
        try (Memory file = new Memory(PcapReader.FILE_HEADER);
                Memory error = new Memory(LibPcap.ERROR_BYTES)) {
            file.write(0, PcapReader.header(ByteLayout.ofThisMachine(), PcapReader.MAGIC_MICROS, linkType), 0, (int)
                    file.size());
            Pointer stream = c.fmemopen(file, new NativeLong(file.size()), "rb");
            if (stream == null) {
                throw new CaptureException("no memory for a capture filter");
            }
            Pointer handle = pcap.pcap_fopen_offline(stream, error);
            if (handle == null) {
                throw new CaptureException("capture filter for link type " + linkType + ": " + error.getString(0));
            }
            try {
                return compile(handle);
            } finally {
                pcap.pcap_close(handle);
            }
        }
    }

    private FilterProgram compile(Pointer handle) throws CaptureException {
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
        }
    }
}
