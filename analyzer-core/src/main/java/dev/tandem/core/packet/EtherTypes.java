package dev.tandem.core.packet;

/** Numbers that name the payload of link layers (IEEE registry), and Zeek's stand-ins for frames without one. */
public final class EtherTypes {
    static final int IPV4 = 0x0800;
    public static final int ARP = 0x0806;
    public static final int REVERSE_ARP = 0x8035;
    static final int VLAN = 0x8100;
    static final int IPV6 = 0x86dd;
    static final int MPLS = 0x8847;
    static final int PPPOE = 0x8864;
    static final int SERVICE_VLAN = 0x88a8;
    static final int PROVIDER_BACKBONE = 0x88e7;
    static final int FABRIC_PATH = 0x8903;
    static final int VN_TAG = 0x8926;
    static final int OLD_QINQ = 0x9100;

    /** Smallest value that is a type, not a length. */
    static final int FIRST_TYPE = 1536;

    static final int LONGEST_LENGTH = 1500;

    static final int SNAP = 1;
    static final int NOVELL = 2;
    static final int LLC = 3;

    private EtherTypes() {}
}
