package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Seeds;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.runtime.FileValue;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.source.LoadPath;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Types;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemFunctionsTest {
    private final RecordingContext ctx = new RecordingContext();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @BeforeEach
    void offerServices() {
        ctx.services.put(ScriptFiles.class, new ScriptFiles(output, directory));
        ctx.services.put(ScriptEnvironment.class, new ScriptEnvironment(directory));
        ctx.services.put(RandomSource.class, new RandomSource(Seeds.fixed(1)));
        ctx.services.put(Anonymizer.class, new Anonymizer(new RandomSource(Seeds.fixed(1))));
    }

    private static Bytes b(String s) {
        return Bytes.latin1(s);
    }

    private String content(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    @Test
    void filesAreWrittenAndAppended() throws IOException {
        FileValue f = (FileValue) ctx.call("open", b("a.txt"));
        assertEquals(true, ctx.call("write_file", f, b("one\n")));
        assertEquals(true, ctx.call("close", f));
        assertEquals(false, ctx.call("active_file", f));
        assertEquals(false, ctx.call("write_file", f, b("lost")));
        FileValue again = (FileValue) ctx.call("open_for_append", b("a.txt"));
        ctx.call("write_file", again, b("two\n"));
        assertEquals(true, ctx.call("flush_all"));
        assertEquals("one\ntwo\n", content("a.txt"));
        assertEquals(8.0, ctx.call("file_size", b("a.txt")));
        assertEquals(-1.0, ctx.call("file_size", b("missing")));
        assertEquals("a.txt", ctx.text("get_file_name", again));
    }

    @Test
    void anUnbufferedFileIsThereAtOnce() {
        FileValue f = (FileValue) ctx.call("open", b("a.txt"));
        ctx.call("write_file", f, b("late"));
        assertEquals(0.0, ctx.call("file_size", b("a.txt")));
        ctx.call("set_buf", f, false);
        assertEquals(4.0, ctx.call("file_size", b("a.txt")));
        ctx.call("write_file", f, b("soon"));
        assertEquals(8.0, ctx.call("file_size", b("a.txt")));
    }

    @Test
    void scriptsAreFoundByTheNameThatLoadTakes() throws IOException {
        Files.createDirectory(directory.resolve("pkg"));
        Path load = Files.createFile(directory.resolve("pkg/__load__.zeek"));
        ctx.services.put(LoadPath.class, new LoadPath(List.of(directory)));
        assertEquals(load.toString(), ctx.text("find_in_zeekpath", b("pkg")));
        assertEquals("", ctx.text("find_in_zeekpath", b("other")));
        assertEquals("", ctx.text("find_in_zeekpath", b("./pkg")));
        assertEquals(List.of("error: find_in_zeek_path: path must be relative or absolute"), ctx.messages);
    }

    @Test
    void dashIsStandardOutput() throws IOException {
        FileValue f = (FileValue) ctx.call("open", b("-"));
        ctx.call("write_file", f, b("x"));
        ctx.call("print_raw", b("y\n"), true);
        ctx.call("close", f);
        assertEquals("xy\nT", output.toString(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void aFileThatCannotBeOpenedIsClosed() {
        FileValue f = (FileValue) ctx.call("open", b("no/such/file"));
        assertFalse(f.isOpen());
        assertEquals(List.of("error: can't open no/such/file: No such file or directory"), ctx.messages);
    }

    @Test
    void directoriesComeAndGo() {
        assertEquals(true, ctx.call("mkdir", b("d")));
        assertEquals(true, ctx.call("mkdir", b("d")));
        assertEquals(true, ctx.call("rename", b("d"), b("e")));
        assertEquals(true, ctx.call("rmdir", b("e")));
        assertEquals(false, ctx.call("rmdir", b("e")));
        assertEquals(false, ctx.call("unlink", b("e")));
        assertEquals(false, ctx.call("rename", b("e"), b("f")));
        assertEquals(
                List.of(
                        "warning: cannot remove directory 'e': No such file or directory",
                        "warning: cannot unlink file 'e': No such file or directory",
                        "warning: cannot rename file 'e' to 'f': No such file or directory"),
                ctx.messages);
    }

    @Test
    void rotationMovesAFileAside() throws IOException {
        RecordType info = new RecordType(List.of(
                new RecordField("old_name", Types.STRING, Attributes.NONE),
                new RecordField("new_name", Types.STRING, Attributes.NONE),
                new RecordField("open", Types.TIME, Attributes.NONE),
                new RecordField("close", Types.TIME, Attributes.NONE)));
        ctx.types.put("rotate_info", info);
        FileValue f = (FileValue) ctx.call("open", b("log"));
        ctx.call("write_file", f, b("old"));
        RecordValue r = (RecordValue) ctx.call("rotate_file", f);
        ctx.call("write_file", f, b("new!"));
        ctx.call("close", f);
        assertEquals("old", content(String.valueOf(r.get(1))));
        assertEquals("new!", content("log"));
        RecordValue none = (RecordValue) ctx.call("rotate_file_by_name", b("missing"));
        assertEquals(Bytes.EMPTY, none.get(1));
    }

    @Test
    void rotationComesAtMultiplesOfTheInterval() {
        ctx.time = 1000;
        assertEquals(200.0, ctx.call("calc_next_rotate", 600.0));
        ctx.globals.put("log_rotate_base_time", b("nonsense"));
        assertEquals(200.0, ctx.call("calc_next_rotate", 600.0));
        assertEquals(1, ctx.messages.size());
    }

    @ParameterizedTest
    @CsvSource({
        "./../foo, ../foo",
        "foo/bar/../baz, foo/baz",
        "./foo/./bar, ./foo/bar",
        "a/b/c/../../d, a/d",
        "/1//2/./3/, /1/2/3",
        "../x/.., ..",
        "~/.., ~/.."
    })
    void pathsAreCompressed(String path, String expected) {
        assertEquals(expected, ctx.text("compress_path", b(path)));
    }

    @ParameterizedTest
    @CsvSource({"420, rw-r--r--", "493, rwxr-xr-x", "2541, rwsr-xr-x", "1536, -----S--T", "1023, rwxrwxrwt"})
    void fileModesReadAsLsShowsThem(long mode, String expected) {
        assertEquals(expected, ctx.text("file_mode", mode));
    }

    @Test
    void environmentIsSetForCommands() throws IOException, InterruptedException {
        assertEquals("", ctx.text("getenv", b("TANDEM_TEST_X")));
        assertEquals(true, ctx.call("setenv", b("TANDEM_TEST_X"), b("7")));
        assertEquals(false, ctx.call("setenv", b("A=B"), b("7")));
        assertEquals("7", ctx.text("getenv", b("TANDEM_TEST_X")));
        assertEquals(true, ctx.call("piped_exec", b("(cat; echo $TANDEM_TEST_X) > out"), b("\0in-")));
        assertEquals("\0in-7\n", content("out"));
    }

    @Test
    void commandsRunInTheBackground() throws IOException, InterruptedException {
        TableValue env = new TableValue(new TableType(List.of(Types.STRING), Types.STRING));
        env.put(b("who"), b("me"));
        assertEquals(0L, ctx.call("system_env", b("echo $ZEEK_ARG_WHO > tmp; mv tmp out"), env));
        Path out = directory.resolve("out");
        for (int i = 0; i < 500 && !Files.exists(out); i++) {
            Thread.sleep(10);
        }
        assertEquals("me\n", content("out"));
    }

    @Test
    void theMachineIsKnown() {
        assertEquals(ProcessHandle.current().pid(), ctx.call("getpid"));
        assertEquals(true, ctx.call("is_local_interface", Addr.v4(0x7f000001)));
        assertEquals(false, ctx.call("is_local_interface", Addr.v4(0xc0000201)));
        assertFalse(ctx.text("gethostname").isEmpty());
    }

    /** Lehmer's generator from 1: 16807, 282475249, 1622650073, ... of 2147483647. */
    @Test
    void seededNumbersRepeat() {
        assertEquals(List.of(0L, 131L, 755L), List.of(rand(), rand(), rand()));
        ctx.call("srand", 1L);
        assertEquals(0L, rand());
        assertEquals(0L, ctx.call("rand", 0L));
    }

    private Object rand() {
        return Long.valueOf(String.valueOf(ctx.call("rand", 1000L)));
    }

    @Test
    void uniqueIdsRepeatPerPoolWithASeedOnly() {
        RandomSource one = new RandomSource(Seeds.fixed(3));
        RandomSource two = new RandomSource(Seeds.fixed(3));
        one.uniqueId("", 5, 96);
        assertEquals(one.uniqueId("C", 2, 96), two.uniqueId("C", 2, 96));
        RandomSource other = new RandomSource(Seeds.unpredictable());
        assertNotEquals(one.uniqueId("", 2, 96), other.uniqueId("", 2, 96));
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String id = ctx.text("unique_id", b("C"));
            assertTrue(id.startsWith("C") && id.length() <= 18, id);
            ids.add(id);
        }
        assertEquals(1000, ids.size());
    }

    @Test
    void anonymizationFollowsTheMethodOfTheClass() {
        EnumType methods = new EnumType();
        EnumType classes = new EnumType();
        Object orig = classes.add("ORIG_ADDR", null);
        Object resp = classes.add("RESP_ADDR", null);
        Addr a = Addr.v4(0x01020304);
        Addr b = Addr.v4(0x01020a05);
        assertEquals(a, ctx.call("anonymize_addr", a, orig));
        ctx.globals.put("orig_addr_anonymization", methods.add("SEQUENTIALLY_NUMBERED", null));
        assertEquals(Addr.v4(2), ctx.call("anonymize_addr", a, orig));
        assertEquals(Addr.v4(3), ctx.call("anonymize_addr", b, orig));
        assertEquals(Addr.v4(2), ctx.call("anonymize_addr", a, orig));
        ctx.globals.put("resp_addr_anonymization", methods.add("PREFIX_PRESERVING_A50", null));
        ctx.call("preserve_subnet", new Subnet(a, 96 + 24));
        Addr keptA = (Addr) ctx.call("anonymize_addr", a, resp);
        Addr keptB = (Addr) ctx.call("anonymize_addr", b, resp);
        assertEquals(a.mask(96 + 24), keptA.mask(96 + 24));
        assertEquals(keptA.mask(96 + 20), keptB.mask(96 + 20));
        assertNotEquals(keptA.mask(96 + 21), keptB.mask(96 + 21));
        assertEquals(List.of(), ctx.messages);
    }

    /** What Zeek's own test expects with its seed file, as far as its first number decides. */
    @Test
    void prefixesAreReplacedAsZeekReplacesThem() {
        Seeds seeds = new Seeds(2983378351L, Bytes.wrap(new byte[Seeds.BYTES]), true);
        Anonymizer anonymizer = new Anonymizer(new RandomSource(seeds));
        anonymizer.preserve(Addr.v4(0x01020300), 24);
        String method = "PREFIX_PRESERVING_A50";
        assertEquals("1.2.3.149", String.valueOf(anonymizer.replace(method, Addr.v4(0x01020304))));
        assertEquals("1.2.9.185", String.valueOf(anonymizer.replace(method, Addr.v4(0x01020a05))));
        assertEquals("1.3.52.252", String.valueOf(anonymizer.replace(method, Addr.v4(0x01030405))));
    }
}
