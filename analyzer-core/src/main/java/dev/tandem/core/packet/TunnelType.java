package dev.tandem.core.packet;

/** Kinds of tunnels, in the order of the script enum {@code Tunnel::Type}. */
public enum TunnelType {
    NONE("NONE"),
    IP("IP"),
    AYIYA("AYIYA"),
    TEREDO("TEREDO"),
    SOCKS("SOCKS"),
    GTP("GTPv1"),
    HTTP("HTTP"),
    GRE("GRE"),
    VXLAN("VXLAN"),
    GENEVE("GENEVE");

    private final String constant;

    TunnelType(String constant) {
        this.constant = "Tunnel::" + constant;
    }

    /** The full name of the script constant. */
    public String constant() {
        return constant;
    }
}
