package dev.tandem.core.record;

import dev.tandem.core.value.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The script type {@code connection}: fields id, orig, resp, start_time, duration, service, history, uid, tunnel, vlan,
 * inner_vlan, in this order. One per connection, made when an event first needs it and written again by the engine just
 * before each later event, as Zeek does (zeek {@code src/Conn.cc}, Connection::GetVal).
 */
public final class ConnectionRecord extends CoreRecord {
    static final int SLOTS = 11;

    private @Nullable ConnIdRecord id;
    private @Nullable EndpointRecord orig;
    private @Nullable EndpointRecord resp;

    /** Seconds since 1970. */
    public double startTime;

    /** Seconds. */
    public double duration;

    /** The script set of service names; made by the record factory. */
    private @Nullable Object service;

    public Bytes history = Bytes.EMPTY;
    public Bytes uid = Bytes.EMPTY;
    private @Nullable Object tunnel;

    /** Negative is unset. */
    public int vlan = -1;

    /** Negative is unset. */
    public int innerVlan = -1;

    public ConnectionRecord(
            RecordLayout layout, ConnIdRecord id, EndpointRecord orig, EndpointRecord resp, @Nullable Object service) {
        super(layout, SLOTS);
        this.id = id;
        this.orig = orig;
        this.resp = resp;
        this.service = service;
    }

    public @Nullable ConnIdRecord id() {
        return id;
    }

    public @Nullable EndpointRecord orig() {
        return orig;
    }

    public @Nullable EndpointRecord resp() {
        return resp;
    }

    public @Nullable Object service() {
        return service;
    }

    public void tunnel(@Nullable Object vector) {
        tunnel = vector;
    }

    @Override
    @Nullable
    Object getOwn(int slot) {
        return switch (slot) {
            case 0 -> id;
            case 1 -> orig;
            case 2 -> resp;
            case 3 -> startTime;
            case 4 -> duration;
            case 5 -> service;
            case 6 -> history;
            case 7 -> uid;
            case 8 -> tunnel;
            case 9 -> vlan < 0 ? null : (long) vlan;
            default -> innerVlan < 0 ? null : (long) innerVlan;
        };
    }

    @Override
    void setOwn(int slot, @Nullable Object value) {
        switch (slot) {
            case 0 -> id = (ConnIdRecord) value;
            case 1 -> orig = (EndpointRecord) value;
            case 2 -> resp = (EndpointRecord) value;
            case 3 -> startTime = value == null ? 0 : (Double) value;
            case 4 -> duration = value == null ? 0 : (Double) value;
            case 5 -> service = value;
            case 6 -> history = value == null ? Bytes.EMPTY : (Bytes) value;
            case 7 -> uid = value == null ? Bytes.EMPTY : (Bytes) value;
            case 8 -> tunnel = value;
            case 9 -> vlan = value == null ? -1 : ((Long) value).intValue();
            default -> innerVlan = value == null ? -1 : ((Long) value).intValue();
        }
    }
}
