package dev.tandem.core.connection;

import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u32;
import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;

/** The events tcp_option and tcp_options (zeek {@code TCPSessionAdapter.cc}, ParseTCPOptions). */
final class TcpOptionEvents {
    private static final int END = 0;
    private static final int FIRST_WITH_LENGTH = 2;

    private final ConnectionTracker tracker;
    private final EventType each;
    private final EventType all;

    TcpOptionEvents(ConnectionTracker tracker, EventRegistry events) {
        this.tracker = tracker;
        each = events.event("tcp_option");
        all = events.event("tcp_options");
    }

    boolean wanted() {
        return each.wanted() || all.wanted();
    }

    /** Raises them for the options between two places; a broken one ends them. */
    void raise(TcpConnection c, byte[] data, int from, int end, boolean fromOriginator) {
        Object options = tracker.records().vector("TCP::OptionList");
        int at = from;
        int kind = -1;
        while (at < end && kind != END) {
            kind = u8(data, at);
            if (kind >= FIRST_WITH_LENGTH && at + 1 >= end) {
                break;
            }
            int length = kind < FIRST_WITH_LENGTH ? 1 : u8(data, at + 1);
            if (length == 0 || at + length > end) {
                break;
            }
            if (each.wanted()) {
                tracker.queue().add(each, c.record(), fromOriginator, (long) kind, (long) length);
            }
            if (all.wanted()) {
                tracker.records().append(options, option(c, data, at, kind, length));
            }
            at += length;
        }
        if (all.wanted()) {
            tracker.queue().add(all, c.record(), fromOriginator, options);
        }
    }

    private RecordValue option(TcpConnection c, byte[] data, int at, int kind, int length) {
        RecordValue option = tracker.records().record("TCP::Option");
        option.set(0, (long) kind);
        option.set(1, (long) length);
        String wrong = "";
        switch (kind) {
            case 0, 1 -> {}
            case 2 -> wrong = length == 4 ? set(option, 3, u16(data, at + 2)) : "mss";
            case 3 -> wrong = length == 3 ? set(option, 4, u8(data, at + 2)) : "window_scale";
            case 4 -> wrong = length == 2 ? "" : "sack";
            case 5 -> {
                if (length >= 10 && length <= 34 && length % 8 == 2) {
                    option.set(5, blocks(data, at + 2, at + length));
                } else {
                    wrong = "sack_blocks";
                }
            }
            case 8 -> {
                if (length == 10) {
                    option.set(6, u32(data, at + 2));
                    option.set(7, u32(data, at + 6));
                } else {
                    wrong = "timestamps";
                }
            }
            case 27 -> {
                if (length == 8) {
                    option.set(8, (long) u8(data, at + 2));
                    option.set(9, (long) u8(data, at + 3));
                    option.set(10, u32(data, at + 4));
                } else {
                    wrong = "qsresponse";
                }
            }
            case 28 -> wrong = length == 4 ? "" : "uto";
            case 29 -> wrong = length >= 4 ? "" : "ao";
            case 34 -> wrong = length == 2 || length >= 6 && length <= 18 ? "" : "tfo";
            default -> content(option, data, at, length);
        }
        if (!wrong.isEmpty()) {
            content(option, data, at, length);
            c.weird("tcp_option_" + wrong + "_invalid_len", Integer.toString(length), "TCP");
        }
        return option;
    }

    /** Sets a field; returns that nothing is wrong. */
    private static String set(RecordValue option, int slot, int value) {
        option.set(slot, (long) value);
        return "";
    }

    private static void content(RecordValue option, byte[] data, int at, int length) {
        if (length > 2) {
            option.set(2, Bytes.copyOf(data, at + 2, at + length));
        }
    }

    private Object blocks(byte[] data, int from, int end) {
        Object blocks = tracker.records().vector("index_vec");
        for (int at = from; at < end; at += 4) {
            tracker.records().append(blocks, u32(data, at));
        }
        return blocks;
    }
}
