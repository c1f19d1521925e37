package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Seeds;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.Copy;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opaque values: what goes in, what comes out, and that copies go their own way. */
final class SketchFunctionsTest {
    private final RecordingContext ctx = new RecordingContext();

    private Object make(String function, Object... args) {
        return Objects.requireNonNull(ctx.call(function, args));
    }

    private static Bytes b(String text) {
        return Bytes.of(text);
    }

    private static Object count(long n) {
        return AnyValue.wrap(Types.COUNT, n);
    }

    @BeforeEach
    void seed() {
        ctx.services.put(RandomSource.class, new RandomSource(Seeds.fixed(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "md5, 900150983cd24fb0d6963f7d28e17f72",
        "sha1, a9993e364706816aba3e25717850c26c9cd0d89d",
        "sha256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    })
    void digestsGrowAndFinishOnce(String kind, String digest) {
        Object one = make(kind + "_hash_init");
        assertEquals(true, ctx.call(kind + "_hash_update", one, b("a")));
        Object two = Copy.of(one);
        ctx.call(kind + "_hash_update", one, b("bc"));
        assertEquals(digest, ctx.text(kind + "_hash_finish", one));
        assertEquals(false, ctx.call(kind + "_hash_update", one, b("d")));
        assertEquals("", ctx.text(kind + "_hash_finish", one));
        ctx.call(kind + "_hash_update", two, b("bc"));
        assertEquals(digest, ctx.text(kind + "_hash_finish", two));
        assertEquals("opaque of " + kind, ctx.text("type_name", one));
    }

    @Test
    void elementsOfABloomFilterHaveOneType() {
        Object f = make("bloomfilter_basic_init", 0.001, 100L, b("seed"));
        ctx.call("bloomfilter_add", f, Addr.v4(1));
        assertEquals(0L, ctx.call("bloomfilter_lookup", f, b("x")));
        assertEquals(List.of("error: incompatible Bloom filter types"), ctx.messages);
        Object g = make("bloomfilter_basic_init", 0.001, 100L, b("seed"));
        ctx.call("bloomfilter_add", g, Addr.v4(2));
        Object both = make("bloomfilter_merge", f, g);
        assertEquals(1L, ctx.call("bloomfilter_lookup", both, Addr.v4(1)));
        assertEquals(1L, ctx.call("bloomfilter_lookup", both, Addr.v4(2)));
        assertEquals(0L, ctx.call("bloomfilter_lookup", both, Addr.v4(3)));
        assertNull(ctx.call("bloomfilter_basic_init", -0.5, 1L, b("")));
        assertNull(ctx.call("bloomfilter_merge", f, make("bloomfilter_basic_init", 0.001, 100L, b("other"))));
        assertEquals("error: failed to merge Bloom filter", ctx.messages.getLast());
    }

    /** The state that Zeek's own test of seeds expects for two records of a count and a string. */
    @Test
    void recordsAreHashedAsZeekDoes() {
        RecordType type = new RecordType(List.of(
                new RecordField("a", Types.COUNT, Attributes.NONE),
                new RecordField("b", Types.STRING, Attributes.NONE)));
        ctx.globals.put("global_hash_seed", b("my_seed"));
        Object f = make("bloomfilter_basic_init", 0.9, 10L, b(""));
        for (long n = 1; n <= 2; n++) {
            var r = Records.bare(type);
            r.set(0, n);
            r.set(1, b(n == 1 ? "xx" : "yy"));
            ctx.call("bloomfilter_add", f, r);
        }
        assertEquals("11260532077783130352", ctx.text("bloomfilter_internal_state", f));
    }

    @Test
    void differentElementsAreCounted() {
        Object counter = make("hll_cardinality_init", 0.01, 0.95);
        for (long n = 0; n < 100; n++) {
            ctx.call("hll_cardinality_add", counter, count(n % 50));
        }
        double estimate = (double) make("hll_cardinality_estimate", counter);
        assertEquals(50, estimate, 2);
        assertEquals(false, ctx.call("hll_cardinality_add", counter, b("x")));
        Object other = make("hll_cardinality_copy", counter);
        ctx.call("hll_cardinality_add", other, count(1000));
        assertEquals(estimate, ctx.call("hll_cardinality_estimate", counter));
        assertNotEquals(estimate, ctx.call("hll_cardinality_estimate", other));
        assertEquals(false, ctx.call("hll_cardinality_merge_into", counter, make("hll_cardinality_init", 0.1, 0.95)));
    }

    @Test
    void frequentElementsComeOutWithTheirType() {
        Object top = make("topk_init", 2L);
        for (String s : List.of("a", "b", "b", "c", "b", "c")) {
            ctx.call("topk_add", top, b(s));
        }
        VectorValue best = (VectorValue) make("topk_get_top", top, 1L);
        assertEquals(b("b"), best.get(0));
        assertEquals("string", best.type().element().describe());
        assertEquals(3L, ctx.call("topk_count", top, b("b")));
        assertEquals(0L, ctx.call("topk_count", top, b("a")));
        assertEquals("error: GetCount for element that is not in top-k", ctx.messages.getLast());
        assertEquals(6L, ctx.call("topk_sum", top));
    }

    @Test
    void globsMatchAll() {
        VectorValue globs = new VectorValue(new VectorType(Types.STRING));
        for (String s : List.of("*.zeek", "a?c", "zeek")) {
            globs.add(b(s));
        }
        Object set = make("paraglob_init", globs);
        VectorValue found = (VectorValue) make("paraglob_match", set, b("x.zeek"));
        assertEquals(1, found.size());
        assertEquals(true, ctx.call("paraglob_equals", set, make("paraglob_init", globs)));
    }
}
