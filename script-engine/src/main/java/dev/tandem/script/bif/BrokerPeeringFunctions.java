package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.script.broker.ScriptBackbone;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.VectorType;

/**
 * Connections with other nodes by Broker's own protocol (zeek {@code src/broker/comm.bif}), which is not spoken: asking for
 * one is an error with a cure, and there are none to be told of.
 */
public final class BrokerPeeringFunctions {
    private static final String CURE =
            "Broker's protocol is not spoken; clients connect over WebSocket to the port of tandem --hosts";

    private BrokerPeeringFunctions() {}

    @Bif(value = "Broker::__node_id", type = "function(): string")
    public static Bytes nodeId(ScriptContext ctx) {
        return Bytes.of(ctx.service(ScriptBackbone.class).nodeId());
    }

    @Bif(value = "Broker::__listen", type = "function(a: string, p: port): port")
    public static Port listen(ScriptContext ctx, Bytes a, Port p) {
        ctx.callError(p.proto() == Port.Proto.TCP ? CURE : "listen port must use tcp", null);
        return Port.of(0, Port.Proto.UNKNOWN);
    }

    @Bif(value = "Broker::__peer", type = "function(a: string, p: port, retry: interval): bool")
    public static boolean peer(ScriptContext ctx, Bytes a, Port p, double retry) {
        ctx.callError(p.proto() == Port.Proto.TCP ? CURE : "remote connection port must use tcp", null);
        return false;
    }

    @Bif(value = "Broker::__unpeer", type = "function(a: string, p: port): bool")
    public static boolean unpeer(ScriptContext ctx, Bytes a, Port p) {
        if (p.proto() != Port.Proto.TCP) {
            ctx.callError("remote connection port must use tcp", null);
            return false;
        }
        ctx.service(ScriptBackbone.class)
                .raiseError(
                        "PEER_INVALID",
                        "(00000000-0000-0000-0000-000000000000, *" + a.utf8() + ":" + p.number()
                                + ", \"cannot unpeer from unknown peer\")");
        return true;
    }

    @Bif(value = "Broker::__is_outbound_peering", type = "function(a: string, p: port): bool")
    public static boolean isOutboundPeering(Bytes a, Port p) {
        return false;
    }

    @Bif(value = "Broker::__peers", type = "function(): Broker::PeerInfos")
    public static VectorValue peers(ScriptContext ctx) {
        return new VectorValue(Declared.type(ctx, "Broker::PeerInfos", VectorType.class));
    }
}
