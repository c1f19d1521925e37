package dev.tandem.core.value;

import org.jspecify.annotations.Nullable;

/**
 * An address prefix.
 *
 * @param prefix the address, host bits cleared
 * @param width128 prefix length out of 128 bits; an IPv4 /24 has 120
 */
public record Subnet(Addr prefix, int width128) implements Comparable<Subnet> {
    public Subnet {
        if (width128 < 0 || width128 > 128) {
            throw new IllegalArgumentException("subnet width " + width128);
        }
        prefix = prefix.mask(width128);
    }

    /** @param width prefix length as written: out of 32 for IPv4, of 128 for IPv6; null when out of range */
    public static @Nullable Subnet of(Addr addr, int width) {
        int full = addr.isV4() ? 32 : 128;
        return width < 0 || width > full ? null : new Subnet(addr, width + 128 - full);
    }

    /** Parses {@code addr/width}; null when it is none. */
    public static @Nullable Subnet parse(String text) {
        int slash = text.indexOf('/');
        Addr addr = slash < 0 ? null : Addr.parse(text.substring(0, slash).strip());
        String width = text.substring(slash + 1).strip();
        if (addr == null
                || width.isEmpty()
                || width.length() > 3
                || !width.chars().allMatch(Character::isDigit)) {
            return null;
        }
        return of(addr, Integer.parseInt(width));
    }

    /** Prefix length as written. */
    public int width() {
        return isV4() ? width128 - 96 : width128;
    }

    public boolean isV4() {
        return width128 >= 96 && prefix.isV4();
    }

    public boolean contains(Addr addr) {
        return prefix.sharesPrefix(addr, width128);
    }

    public boolean contains(Subnet other) {
        return other.width128 >= width128 && contains(other.prefix);
    }

    /** The hash code of the subnet of so many bits that an address is in. */
    public static int hash(Addr addr, int width128) {
        return 31 * addr.prefixHash(width128) + width128;
    }

    @Override
    public int hashCode() {
        return hash(prefix, width128);
    }

    @Override
    public int compareTo(Subnet other) {
        int c = prefix.compareTo(other.prefix);
        return c != 0 ? c : Integer.compare(width128, other.width128);
    }

    /** {@code 10.0.0.0/8}. */
    @Override
    public String toString() {
        return prefix + "/" + width();
    }
}
