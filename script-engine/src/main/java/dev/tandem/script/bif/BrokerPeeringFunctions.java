package dev.tandem.script.bif;

import dev.tandem.core.backbone.Peerings;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.script.broker.ScriptBackbone;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.VectorType;

/** Connections with other nodes (zeek {@code src/broker/comm.bif}). */
public final class BrokerPeeringFunctions {
    private BrokerPeeringFunctions() {}

    private static Peerings peerings(ScriptContext ctx) {
        return ctx.service(Peerings.class);
    }

    @Bif(value = "Broker::__node_id", type = "function(): string")
    public static Bytes nodeId(ScriptContext ctx) {
        return Bytes.of(ctx.service(ScriptBackbone.class).nodeId());
    }

    @Bif(value = "Broker::__listen", type = "function(a: string, p: port): port")
    public static Port listen(ScriptContext ctx, Bytes a, Port p) {
        if (p.proto() != Port.Proto.TCP) {
            ctx.callError("listen port must use tcp", null);
            return Port.of(0, Port.Proto.UNKNOWN);
        }
        return Port.of(peerings(ctx).listen(a.utf8(), p.number()), Port.Proto.TCP);
    }

    @Bif(value = "Broker::__peer", type = "function(a: string, p: port, retry: interval): bool")
    public static boolean peer(ScriptContext ctx, Bytes a, Port p, double retry) {
        if (p.proto() != Port.Proto.TCP) {
            ctx.callError("remote connection port must use tcp", null);
            return false;
        }
        peerings(ctx).peer(a.utf8(), p.number(), retry);
        return true;
    }

    @Bif(value = "Broker::__unpeer", type = "function(a: string, p: port): bool")
    public static boolean unpeer(ScriptContext ctx, Bytes a, Port p) {
        if (p.proto() != Port.Proto.TCP) {
            ctx.callError("remote connection port must use tcp", null);
            return false;
        }
        if (!peerings(ctx).unpeer(a.utf8(), p.number())) {
            ctx.service(ScriptBackbone.class)
                    .raiseError(
                            "PEER_INVALID",
                            "(00000000-0000-0000-0000-000000000000, *" + a.utf8() + ":" + p.number()
                                    + ", \"cannot unpeer from unknown peer\")");
        }
        return true;
    }

    @Bif(value = "Broker::__is_outbound_peering", type = "function(a: string, p: port): bool")
    public static boolean isOutboundPeering(ScriptContext ctx, Bytes a, Port p) {
        return peerings(ctx).peers().stream()
                .anyMatch(peer -> peer.isOutbound()
                        && peer.endpoint().address().equals(a.utf8())
                        && peer.endpoint().port() == p.number());
    }

    @Bif(value = "Broker::__peers", type = "function(): Broker::PeerInfos")
    public static VectorValue peers(ScriptContext ctx) {
        VectorValue all = new VectorValue(Declared.type(ctx, "Broker::PeerInfos", VectorType.class));
        EnumType states = Declared.type(ctx, "Broker::PeerStatus", EnumType.class);
        for (Peerings.Peer peer : peerings(ctx).peers()) {
            RecordValue info = Declared.record(ctx, "Broker::PeerInfo");
            info.set(0, ctx.service(ScriptBackbone.class).endpoint(peer.endpoint()));
            info.set(1, states.byName(peer.isUp() ? "Broker::PEERED" : "Broker::CONNECTING"));
            info.set(2, peer.isOutbound());
            all.add(info);
        }
        return all;
    }
}
