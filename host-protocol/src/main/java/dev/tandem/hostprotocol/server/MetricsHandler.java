package dev.tandem.hostprotocol.server;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Answers {@code /metrics} in Prometheus's text, to this machine alone. */
public final class MetricsHandler implements RequestHandler {
    /** Where Prometheus asks. */
    public static final String PATH = "/metrics";

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Supplier<Map<String, Double>> figures;

    /** @param figures by their names; those that end in {@code _total} only grow. Called on event loops: may not block */
    public MetricsHandler(Supplier<Map<String, Double>> figures) {
        this.figures = figures;
    }

    @Override
    public int mostBodyBytes() {
        return 0;
    }

    @Override
    public boolean answersGet() {
        return true;
    }

    @Override
    public void handle(Request request, Reply reply) {
        if (!(request.peer() instanceof InetSocketAddress from)
                || !from.getAddress().isLoopbackAddress()) {
            reply.refuse(HttpResponseStatus.FORBIDDEN, "figures are for this machine alone");
            return;
        }
        StringBuilder text = new StringBuilder();
        new TreeMap<>(figures.get()).forEach((name, value) -> {
            String type = name.endsWith("_total") ? "counter" : "gauge";
            text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
            text.append(name).append(' ').append(number(value)).append('\n');
        });
        reply.text(TEXT, text.toString());
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
