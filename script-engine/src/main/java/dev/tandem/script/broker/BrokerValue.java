package dev.tandem.script.broker;

import dev.tandem.core.backbone.Data;
import dev.tandem.core.backbone.DataText;
import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.types.OpaqueType;
import dev.tandem.script.types.Type;
import org.jspecify.annotations.Nullable;

/** What a {@code Broker::Data} record holds: data that scripts take apart, or cast to what they expect. Engine thread. */
public final class BrokerValue implements OpaqueValue {
    static final OpaqueType TYPE = new OpaqueType("Broker::Data");

    private final DataConversion conversion;
    private final Data data;

    /** @param data not shared: scripts change sets, tables and vectors in place */
    BrokerValue(DataConversion conversion, Data data) {
        this.conversion = conversion;
        this.data = data;
    }

    public Data data() {
        return data;
    }

    @Override
    public OpaqueType type() {
        return TYPE;
    }

    @Override
    public BrokerValue copy() {
        return new BrokerValue(conversion, data.copy());
    }

    @Override
    public @Nullable Object castTo(Type to) {
        return conversion.toScript(data, to);
    }

    @Override
    public String text() {
        return "broker::data{" + DataText.of(data) + "}";
    }

    @Override
    public String jsonName() {
        return "zeek::Broker::detail::DataVal";
    }
}
