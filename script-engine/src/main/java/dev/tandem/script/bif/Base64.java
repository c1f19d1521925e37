package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.ByteSink;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Base64 over any alphabet, with the leniency and the complaints of Zeek's ({@code src/Base64.cc}). */
final class Base64 {
    private static final Bytes DEFAULT = Bytes.of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    private final int[] values = new int[256];
    private final Consumer<String> complaints;
    private final ByteSink out = new ByteSink();
    private int group;
    private int held;
    private int padding;
    private boolean ended;
    private boolean failed;

    /**
     * A decoder for one text.
     *
     * @param alphabet 64 bytes; null or empty for the usual one
     */
    Base64(@Nullable Bytes alphabet, Consumer<String> complaints) {
        Bytes a = alphabet == null || alphabet.isEmpty() ? DEFAULT : alphabet;
        Arrays.fill(values, -1);
        for (int i = 0; i < 64; i++) {
            values[a.at(i)] = i;
        }
        values['='] = 0;
        this.complaints = complaints;
    }

    static Bytes encode(Bytes s, @Nullable Bytes alphabet) {
        Bytes a = alphabet == null || alphabet.isEmpty() ? DEFAULT : alphabet;
        ByteSink out = new ByteSink((s.length() + 2) / 3 * 4);
        for (int i = 0; i < s.length(); i += 3) {
            int left = s.length() - i;
            int bits = s.at(i) << 16 | (left > 1 ? s.at(i + 1) << 8 : 0) | (left > 2 ? s.at(i + 2) : 0);
            out.add(a.at(bits >> 18)).add(a.at(bits >> 12 & 63));
            out.add(left > 1 ? a.at(bits >> 6 & 63) : '=').add(left > 2 ? a.at(bits & 63) : '=');
        }
        return out.toBytes();
    }

    /** Null when it holds foreign characters or goes on after its padding; a short last group is filled up. */
    @Nullable
    Bytes decode(Bytes s) {
        for (int i = 0; i < s.length(); i++) {
            int value = values[s.at(i)];
            if (value < 0) {
                fail("character " + s.at(i) + " ignored by Base64 decoding");
            } else {
                add(value, s.at(i) == '=');
            }
        }
        if (failed) {
            return null;
        }
        if (held > 0) {
            complaints.accept("incomplete base64 group, padding with " + (4 - held) * 6 + " bits of 0");
            while (held > 0) {
                add(0, true);
            }
        }
        return out.toBytes();
    }

    private void add(int value, boolean pad) {
        padding += pad ? 1 : 0;
        group = group << 6 | value;
        if (++held < 4) {
            return;
        }
        if (ended) {
            fail("extra base64 groups after '=' padding are ignored");
        } else {
            for (int octet = 0; octet < 3 - padding; octet++) {
                out.add(group >> 16 - 8 * octet);
            }
            ended = padding > 0;
            padding = 0;
        }
        group = 0;
        held = 0;
    }

    private void fail(String message) {
        if (!failed) {
            complaints.accept(message);
        }
        failed = true;
    }
}
