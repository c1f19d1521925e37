package dev.tandem.core.header;

import dev.tandem.core.value.Bytes;
import org.jspecify.annotations.Nullable;

/** The texts of link addresses seen lately: behind a mirror port nearly all packets have those of a few routers. One thread. */
public final class LinkAddressTexts {
    private static final int PLACES = 64;

    private final long[] addresses = new long[PLACES];
    private final @Nullable Bytes[] texts = new Bytes[PLACES];

    /** {@link LinkAddress#text} of an address. */
    public Bytes text(long address) {
        int place = (int) (address ^ address >>> 24) & PLACES - 1;
        Bytes known = texts[place];
        if (known != null && addresses[place] == address) {
            return known;
        }
        Bytes text = LinkAddress.text(address);
        addresses[place] = address;
        texts[place] = text;
        return text;
    }
}
