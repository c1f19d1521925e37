package dev.tandem.core.tunnel;

import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.value.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of the Geneve headers that the packet at hand came through, outermost first (RFC 8926, 3.5). Only where the
 * headers are is noted; options are read when somebody asks. One object per engine; engine thread.
 *
 * <pre>
 *   0        1        2        3
 *  +-----------------+--------+--------+
 *  |  option class   |C| type |RRR| len|  len: of the data, in units of four bytes
 *  |           data ...                |
 *  +-----------------------------------+
 * </pre>
 */
public final class GeneveOptions {
    private static final int HEADER = 8;
    private static final int OPTION_HEADER = 4;
    private static final int MOST_LAYERS = 16;

    /** One option; critical ones must be understood by whoever takes the packet in. */
    public record Option(int optionClass, boolean critical, int type, Bytes data) {}

    private final byte[][] data = new byte[MOST_LAYERS][];
    private final int[] at = new int[MOST_LAYERS];
    private final int[] end = new int[MOST_LAYERS];
    private int layers;

    /** Another packet begins. */
    public void clear() {
        layers = 0;
    }

    /** Notes a header; the bytes must stay while the packet is being dealt with. */
    public void header(byte[] bytes, int from, int to) {
        if (layers < MOST_LAYERS) {
            data[layers] = bytes;
            at[layers] = from;
            end[layers] = to;
            layers++;
        }
    }

    public int layers() {
        return layers;
    }

    /** The options of one header, as far as they are whole. */
    public List<Option> of(int layer) {
        byte[] bytes = data[layer];
        int from = at[layer];
        List<Option> options = new ArrayList<>();
        if (end[layer] - from < HEADER) {
            return options;
        }
        int next = from + HEADER;
        int limit = next + 4 * (bytes[from] & 0x3f);
        if (limit > end[layer]) {
            return options;
        }
        while (limit - next >= OPTION_HEADER) {
            int type = u8(bytes, next + 2);
            int body = next + OPTION_HEADER;
            int after = body + 4 * (bytes[next + 3] & 0x1f);
            if (after > limit) {
                break;
            }
            options.add(
                    new Option(u16(bytes, next), (type & 0x80) != 0, type & 0x7f, Bytes.copyOf(bytes, body, after)));
            next = after;
        }
        return options;
    }
}
