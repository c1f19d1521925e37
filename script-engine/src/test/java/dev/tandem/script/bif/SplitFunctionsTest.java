package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitFunctionsTest {
    private final RecordingContext ctx = new RecordingContext();

    private static Bytes b(String s) {
        return Bytes.latin1(s);
    }

    private static Pattern re(String text) {
        return Pattern.compile(text, false, false);
    }

    private String split(String function, Object... args) {
        return Describe.print(ctx.call(function, args), Types.ANY).latin1();
    }

    @Test
    void splitsAtEveryMatch() {
        assertEquals("[a, b, , c]", split("split_string", b("a,b,,c"), re(",")));
        assertEquals("[, a, ]", split("split_string", b(",a,"), re(",")));
        assertEquals("[]", split("split_string", b(""), re(",")));
        assertEquals("[abc]", split("split_string", b("abc"), re("x")));
    }

    @Test
    void longestMatchSeparates() {
        assertEquals("[a, b]", split("split_string", b("a---b"), re("-+")));
    }

    @Test
    void emptyMatchesSeparateNothing() {
        assertEquals("[abc]", split("split_string", b("abc"), re("x*")));
    }

    @Test
    void anchorsMatchOnlyAtTheEnds() {
        assertEquals("[, bab]", split("split_string", b("abab"), re("^a")));
        assertEquals("[aba, ]", split("split_string", b("abab"), re("b$")));
    }

    @Test
    void splitOnceOrSoOftenOrWithSeparators() {
        assertEquals("[k, v=w]", split("split_string1", b("k=v=w"), re("=")));
        assertEquals("[a, 1, b, 22, c]", split("split_string_all", b("a1b22c"), re("[0-9]+")));
        assertEquals("[a, 1, b, 2, c3d]", split("split_string_n", b("a1b2c3d"), re("[0-9]"), true, 2L));
        assertEquals("[a, b, c3d]", split("split_string_n", b("a1b2c3d"), re("[0-9]"), false, 2L));
    }

    @Test
    void splitsAtIndices() {
        VectorValue at = new VectorValue(BifTypes.INDEX_VEC);
        at.add(6L);
        at.add(2L);
        at.add(2L);
        at.add(99L);
        assertEquals("[ab, cdef, gh]", split("str_split_indices", b("abcdefgh"), at));
    }

    @Test
    void joinsVectorsAndSets() {
        VectorValue v = BifTypes.strings(List.of(b("a"), b("b")));
        v.set(3, b("d"));
        assertEquals("a-b--d", ctx.text("join_string_vec", v, b("-")));
        assertEquals("x, y", ctx.text("join_string_set", BifTypes.stringSet(List.of(b("x"), b("y"))), b(", ")));
    }

    @Test
    void functionsOf2018CountFromOne() {
        assertEquals("{\n[1] = a,\n[2] = b\n}", split("split", b("a:b"), re(":")));
        assertEquals("{\n[1] = a,\n[2] = :,\n[3] = b\n}", split("split_all", b("a:b"), re(":")));
        assertEquals("{\n[1] = a,\n[2] = b:c\n}", split("split1", b("a:b:c"), re(":")));
        Object array = ctx.call("split", b("c:a:b"), re(":"));
        assertEquals("cab", ctx.text("cat_string_array", array));
        assertEquals("ab", ctx.text("cat_string_array_n", array, 2L, 3L));
        assertEquals("c+a+b", ctx.text("join_string_array", b("+"), array));
        assertEquals("abc", ctx.text("cat_string_array", ctx.call("sort_string_array", array)));
    }
}
