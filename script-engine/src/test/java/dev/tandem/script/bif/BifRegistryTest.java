package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.ScriptError;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BifRegistryTest {
    private static final Map<String, String> JAVA_TYPES = Map.ofEntries(
            Map.entry("bool", "boolean"),
            Map.entry("int", "long"),
            Map.entry("count", "long"),
            Map.entry("double", "double"),
            Map.entry("time", "double"),
            Map.entry("interval", "double"),
            Map.entry("string", "Bytes"),
            Map.entry("addr", "Addr"),
            Map.entry("subnet", "Subnet"),
            Map.entry("port", "Port"),
            Map.entry("pattern", "Pattern"),
            Map.entry("file", "FileValue"),
            Map.entry("any", "Object"),
            Map.entry("string_vec", "VectorValue"),
            Map.entry("index_vec", "VectorValue"),
            Map.entry("string_set", "TableValue"));
    private static final Map<String, String> BOXED = Map.of("boolean", "Boolean", "long", "Long", "double", "Double");

    @Test
    void findsByFullName() {
        BifDefinition fmt = BifRegistry.find("fmt");
        assertNotNull(fmt);
        assertEquals("function(...): string", fmt.prototype());
        assertNull(BifRegistry.find("no_such_function"));
        assertTrue(BifRegistry.all().size() > 150);
    }

    @Test
    void javaTypesMirrorThePrototypes() {
        for (BifDefinition d : BifRegistry.all()) {
            assertTrue(
                    Modifier.isPublic(d.method().getModifiers())
                            && Modifier.isStatic(d.method().getModifiers()),
                    d.name());
            String p = d.prototype();
            int close = p.lastIndexOf(')');
            String result = p.substring(close + 1).replace(":", "").strip();
            String java = d.method().getReturnType().getSimpleName();
            String expected = result.isEmpty() ? "void" : JAVA_TYPES.getOrDefault(result, java);
            assertEquals(expected, java, d.name());
            checkParameters(d, p.substring(p.indexOf('(') + 1, close));
        }
    }

    private static void checkParameters(BifDefinition d, String list) {
        List<String> wanted = new ArrayList<>();
        for (String part : list.isBlank() ? new String[0] : list.split(", (?=[a-z0-9_]+: |\\.\\.\\.)")) {
            if (part.equals("...")) {
                wanted.add("Object[]");
                continue;
            }
            String type = part.substring(part.indexOf(':') + 1).strip();
            boolean optional = type.contains("&default");
            String name = JAVA_TYPES.getOrDefault(type.split(" ")[0], "?");
            wanted.add(optional ? BOXED.getOrDefault(name, name) : name);
        }
        Parameter[] parameters = d.method().getParameters();
        int skip = d.takesContext() ? 1 : 0;
        assertEquals(wanted.size(), parameters.length - skip, d.name());
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).equals("?")) {
                assertEquals(wanted.get(i), parameters[i + skip].getType().getSimpleName(), d.name());
            }
        }
    }

    @Test
    void wrongArgumentsAreAScriptError() {
        RecordingContext ctx = new RecordingContext();
        assertThrows(ScriptError.class, () -> ctx.call("to_lower", 5L));
        assertThrows(ScriptError.class, () -> ctx.call("to_lower", new Object[] {null}));
        assertThrows(ScriptError.class, () -> ctx.call("rand", 5L));
        assertThrows(ScriptError.class, () -> ctx.call("zfill", Bytes.of("x"), Long.MAX_VALUE));
    }
}
