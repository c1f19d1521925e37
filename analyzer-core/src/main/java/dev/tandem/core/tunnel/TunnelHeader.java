package dev.tandem.core.tunnel;

import dev.tandem.core.packet.InnerPacket;

/**
 * What the header of a tunnel says: one object per parser, written again for every packet. Engine thread.
 *
 * <p>{@link #outcome} tells how far the parser got, and with that which of the other fields mean something.
 */
public final class TunnelHeader {
    /** How it ended. */
    public enum Outcome {
        /** A packet is inside. */
        CARRIES,
        /** A good header with nothing to look at behind it; {@link #text} may name a weird. */
        EMPTY,
        /** Not a header of this tunnel at all; {@link #text} says why, in words for a log. */
        VIOLATION,
        /** Odd and of no use; {@link #text} names the weird. */
        WEIRD,
        /** A message of this tunnel that carries nothing. */
        IGNORED
    }

    Outcome outcome = Outcome.IGNORED;
    String text = "";
    String detail = "";
    InnerPacket inner = InnerPacket.NOTHING_KNOWN;
    long innerProtocol;
    int at;
    int end;
    int network;

    public Outcome outcome() {
        return outcome;
    }

    /** Name of a weird or reason of a violation; empty when there is none. */
    public String text() {
        return text;
    }

    /** More about a weird, or empty. */
    public String detail() {
        return detail;
    }

    public InnerPacket inner() {
        return inner;
    }

    /** The number the header gives for what is inside. */
    public long innerProtocol() {
        return innerProtocol;
    }

    /** Where the inner packet begins. */
    public int at() {
        return at;
    }

    /** Behind its last byte. */
    public int end() {
        return end;
    }

    /** The virtual network identifier, for tunnels that have one. */
    public int network() {
        return network;
    }

    void begin(int from, int to) {
        outcome = Outcome.IGNORED;
        text = "";
        detail = "";
        inner = InnerPacket.NOTHING_KNOWN;
        innerProtocol = 0;
        at = from;
        end = to;
        network = 0;
    }

    void carries(InnerPacket kind, int from) {
        outcome = Outcome.CARRIES;
        inner = kind;
        at = from;
    }

    void violation(String reason) {
        outcome = Outcome.VIOLATION;
        text = reason;
    }

    void weird(String name, String more) {
        outcome = Outcome.WEIRD;
        text = name;
        detail = more;
    }

    void empty(String weirdName) {
        outcome = Outcome.EMPTY;
        text = weirdName;
    }
}
