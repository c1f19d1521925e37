package dev.tandem.core.engine;

import dev.tandem.core.packet.IpSettings;
import java.util.HashSet;
import java.util.Set;

/**
 * What scripts set and the engine obeys. Names and defaults are those of Zeek's {@code init-bare.zeek}; intervals are
 * seconds. Filled in before the engine starts; engine thread only afterwards.
 */
public final class EngineSettings {
    /** ignore_checksums, ignore_checksums_nets, frag_timeout. */
    public final IpSettings ip = new IpSettings();

    public final LikelyServerPorts likelyServerPorts = new LikelyServerPorts();

    /** Track connections whose start was not seen. */
    public boolean partialConnectionOk = true;

    /** Let a SYN/ACK begin a connection. */
    public boolean tcpSynAckOk = true;

    /** First look at whether a TCP connection is still alive. */
    public double tcpSynTimeout = 5;

    /** Every further look. */
    public double tcpSessionTimer = 6;

    /** How long a closed TCP connection is waited for. */
    public double tcpConnectionLinger = 5;

    /** When a SYN without answer becomes a connection attempt. */
    public double tcpAttemptDelay = 5;

    /** When a properly closed TCP connection is removed. */
    public double tcpCloseDelay = 5;

    /** When a reset after a FIN removes the connection. */
    public double tcpResetDelay = 5;

    /** When a close of one side only is reported. */
    public double tcpPartialCloseDelay = 3;

    /** Silence that ends a connection; 0 is never. */
    public double tcpInactivityTimeout = 300;

    public double udpInactivityTimeout = 60;
    public double icmpInactivityTimeout = 60;
    public double unknownIpInactivityTimeout = 60;

    /** FINs or RSTs of one side that make a storm, when they come within the interval of each other. */
    public int tcpStormThreshold = 1000;

    public double tcpStormInterarrival = 1;

    /** tcp_max_initial_window: bytes sent without any acknowledgement after which data is not kept for it. */
    public int tcpMaxInitialWindow = 16384;

    /** tcp_max_above_hole_without_any_acks: give up a stream with more than that above a hole; 0 is never. */
    public int tcpMaxAboveHoleWithoutAnyAcks = 16384;

    /** tcp_excessive_data_without_further_acks: give up a stream that keeps more than that; 0 is never. */
    public int tcpExcessiveDataWithoutFurtherAcks = 10 * 1024 * 1024;

    /** ConnKey::factory: VLAN tags tell connections apart that have equal addresses and ports. */
    public boolean vlansInKey;

    /** Where a connection id's context has the tags (script type conn_id_ctx); -1 for nowhere. */
    public int vlanSlot = -1;

    public int innerVlanSlot = -1;

    /** max_connections: tracked at once; 0 is any number. */
    public long maxConnections;

    /** tcp_reassembly_bytes: bytes of early segments that all streams may hold together; 0 is any number. */
    public long tcpReassemblyBytes;

    public boolean detectFilteredTrace;
    public boolean reportGapsForPartial;

    /** ignore_keep_alive_rexmit: one byte sent again when nothing is in flight is no retransmission. */
    public boolean ignoreKeepAliveRexmit;

    /** connection_status_update_interval; 0 is never. */
    public double connectionStatusUpdateInterval;

    /** tcp_content_delivery_ports_orig and its neighbours. */
    public final ContentPorts tcpContents = new ContentPorts();

    /** udp_content_ports and its neighbours. */
    public final ContentPorts udpContents = new ContentPorts();

    /** Tunnel::max_depth: tunnels within tunnels that are looked into. */
    public int tunnelMaxDepth = 4;

    /** Tunnel::max_changes_per_connection that are told of; 0 is all. */
    public int tunnelMaxChanges = 5;

    /** Tunnel::ip_tunnel_timeout. */
    public double ipTunnelTimeout = 24 * 3600;

    /** Tunnel::delay_teredo_confirmation: until both sides have sent a good packet. */
    public boolean delayTeredoConfirmation = true;

    public boolean delayGtpConfirmation;

    /** Tunnel::validate_vxlan_checksums, when there is one. */
    public boolean validateVxlanChecksums = true;

    public final TunnelPorts tunnelPorts = new TunnelPorts();

    /** ConnThreshold::generic_packet_thresholds, ascending: packets of a connection that scripts want to hear of. */
    public long[] genericPacketThresholds = {};

    /** max_timer_expires: most timers fired for one packet; 0 is all that are due. */
    public int maxTimerExpires = 300;

    /** bits_per_uid, at most 128. */
    public int bitsPerUid = 96;

    /** Weird::sampling_whitelist: never sampled. */
    public final Set<String> weirdSamplingWhitelist = new HashSet<>();

    /** Weird::sampling_global_list: counted over all connections and flows. */
    public final Set<String> weirdSamplingGlobalList = new HashSet<>();

    /** Weird::sampling_threshold: reported in full up to that many of a name. */
    public long weirdSamplingThreshold = 25;

    /** Weird::sampling_rate: beyond, one in that many; 0 is none. */
    public long weirdSamplingRate = 1000;

    /** Weird::sampling_duration. */
    public double weirdSamplingDuration = 600;

    /** UnknownProtocol::sampling_threshold and its neighbours. */
    public long unknownProtocolThreshold = 3;

    public long unknownProtocolRate = 100_000;
    public double unknownProtocolDuration = 3600;
    public int unknownProtocolFirstBytes = 10;

    /** exit_only_after_terminate: keep running when the packet sources have ended. */
    public boolean exitOnlyAfterTerminate;

    /** Whether time goes on with the clock while no packets come; else scripts move it ({@code allow_network_time_forward}). */
    public boolean clockMovesTime = true;

    /** Pcap::snaplen: most bytes captured of a packet. */
    public int captureSnapshotBytes = 9216;

    /** Pcap::bufsize in bytes: the kernel's buffer for an interface. */
    public long captureBufferBytes = 64L << 20;

    /** Most packets taken from a source at once. */
    public int batchPackets = 512;

    /** First size of the packet slab, in bytes. */
    public int batchBytes = 1 << 20;

    /** Longest sleep when nothing is to be done, in milliseconds: how late host messages may be looked at. */
    public int idleMillis = 10;
}
