package dev.tandem.core.protocol.http;

import dev.tandem.core.analyzer.Analyzer;
import dev.tandem.core.analyzer.AnalyzerContext;
import dev.tandem.core.analyzer.AnalyzerTag;
import dev.tandem.core.analyzer.AnalyzerTree;
import dev.tandem.core.analyzer.LineReader;
import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.file.FileOrigin;
import dev.tandem.core.file.FileTable;
import dev.tandem.core.protocol.http.HttpParser.ReplyLine;
import dev.tandem.core.protocol.http.HttpParser.RequestLine;
import dev.tandem.core.protocol.mime.MimeHeader;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/0.9 to 1.1 of one connection: pipelined requests, their replies in order, proxies' tunnels and upgrades (RFC 9112; zeek
 * {@code src/analyzer/protocol/http/HTTP.cc}).
 */
public final class HttpAnalyzer extends Analyzer {
    private enum Expect {
        FIRST_LINE,
        MESSAGE,
        /** Of an HTTP/0.9 server: the body and nothing else. */
        BARE_BODY,
        /** It went wrong, or became another protocol. */
        NOTHING
    }

    private static final int CONTINUE = 100;
    private static final int SWITCHING = 101;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int PARTIAL_CONTENT = 206;
    private static final int NOT_MODIFIED = 304;

    /** What all HTTP analyzers of an engine share. */
    private record Shared(HttpEvents events, NetworkTime time, FileTable files, HttpOptions options) {}

    /** Reads one side's lines and bodies. */
    private final class Side implements LineReader.Sink, HttpParser.Notes {
        final boolean originator;
        final LineReader reader = new LineReader(this, connection().streamMemory());
        Expect expect = Expect.FIRST_LINE;

        @Nullable
        HttpMessage message;

        boolean ongoing;
        int version = HttpParser.NO_VERSION;

        Side(boolean originator) {
            this.originator = originator;
        }

        @Override
        public void line(byte[] data, int from, int to) {
            if (expect == Expect.MESSAGE && message != null) {
                message.deliver(data, from, to, true);
                if (!originator && connectRequested && from == to) {
                    openTunnel();
                }
            } else if (expect == Expect.FIRST_LINE) {
                if (originator) {
                    requestLine(data, from, to);
                } else {
                    replyLine(data, from, to);
                }
            }
        }

        @Override
        public void plain(byte[] data, int from, int to) {
            AnalyzerTree tree = inner;
            if (tree != null) {
                tree.data(originator, data, from, to - from);
            } else if (message != null) {
                message.deliver(data, from, to, false);
            } else {
                weird(originator ? "unexpected_client_HTTP_data" : "unexpected_server_HTTP_data");
            }
        }

        @Override
        public void weird(String name) {
            HttpAnalyzer.this.weird(name);
        }

        @Override
        public void oddLine(String weird) {
            connection().weird(weird, "", LineReader.SOURCE);
        }

        @Override
        public void event(String category, Bytes detail) {
            events.oddity(category, detail);
        }

        @Override
        public void version(int number) {
            if (version != HttpParser.NO_VERSION && version != number) {
                weird("HTTP_version_mismatch");
            }
            version = number;
            keepAlive |= number > 10;
        }

        void begin(HttpEntity.Body body, int firstLine) {
            if (message != null && !message.isFinished()) {
                weird("HTTP_overlapping_messages");
                message.done(true, "message ends as another begins");
            }
            expect = Expect.MESSAGE;
            ongoing = true;
            message = new HttpMessage(HttpAnalyzer.this, reader, originator, body, firstLine);
        }
    }

    private final Shared shared;
    private final HttpMessageEvents events;
    private Side orig = new Side(true);
    private Side resp = new Side(false);
    private final UnansweredRequests unanswered = new UnansweredRequests();
    private int requests;
    private int replies;
    private boolean keepAlive;
    private boolean closes;
    private boolean connectRequested;
    private int replyCode;
    private @Nullable Bytes reason;
    private boolean upgradeAnnounced;
    private Bytes upgradeTo = Bytes.EMPTY;
    private @Nullable AnalyzerTree inner;
    private @Nullable FileOrigin origFiles;
    private @Nullable FileOrigin respFiles;
    private boolean over;

    private HttpAnalyzer(AnalyzerContext context, Shared shared) {
        super(context);
        this.shared = shared;
        events = new HttpMessageEvents(shared.events, context, shared.options);
    }

    /** The kind of analyzer, to be registered once an engine. */
    public static AnalyzerTag tag(EventRegistry registry, NetworkTime time, FileTable files, HttpOptions options) {
        HttpEvents events = new HttpEvents(registry);
        Shared shared = new Shared(events, time, files, options);
        return new AnalyzerTag(
                "HTTP", Port.Proto.TCP, events.all(), HttpParser::detect, context -> new HttpAnalyzer(context, shared));
    }

    private Side side(boolean originator) {
        return originator ? orig : resp;
    }

    @Override
    protected @Nullable AnalyzerTree inner() {
        return inner;
    }

    // The stream

    @Override
    public void data(boolean fromOriginator, byte[] data, int from, int bytes) {
        if (over || bytes <= 0 || isPartial()) {
            return;
        }
        AnalyzerTree tree = inner;
        Side side = side(fromOriginator);
        if (tree != null) {
            // The tunnel begins after the line that opened it.
            int skip = side.reader.takesLineFeed(data[from]) ? 1 : 0;
            if (bytes > skip) {
                tree.data(fromOriginator, data, from + skip, bytes - skip);
            }
        } else if (side.expect == Expect.BARE_BODY) {
            bareBody(data, from, bytes);
        } else if (side.expect != Expect.NOTHING || side.reader.isPlain()) {
            side.reader.data(data, from, bytes);
        }
    }

    private void bareBody(byte[] data, int from, int bytes) {
        HttpMessage message = resp.message;
        if (message == null) {
            resp.version(HttpParser.VERSION_0_9);
            if (!unanswered.isEmpty()) {
                confirm();
                unanswered.removeFirst();
            }
            closes = true;
            events.reply(resp.version, replyCode, reason);
            resp.begin(bodyOfReply(), 0);
            resp.expect = Expect.BARE_BODY;
            message = resp.message;
            if (message != null) {
                message.beginBodyAtOnce();
            }
        }
        if (message != null) {
            message.deliver(data, from, from + bytes, false);
        }
    }

    @Override
    public void gap(boolean fromOriginator, long sequence, long bytes) {
        if (over) {
            return;
        }
        AnalyzerTree tree = inner;
        if (tree != null) {
            tree.gap(fromOriginator, sequence, bytes);
            return;
        }
        HttpMessage message = side(fromOriginator).message;
        if (message != null) {
            events.oddity("content gap", Bytes.latin1("seq=" + sequence + ", len=" + bytes));
            if (message.gap(bytes)) {
                return;
            }
        }
        String how = "message interrupted by a content gap";
        if (fromOriginator) {
            // Whether a reply has a body depends on its request.
            requestMade(true, how);
        }
        replyMade(true, how);
        side(fromOriginator).reader.stop();
    }

    @Override
    public void endOfStream(boolean fromOriginator) {
        if (over) {
            return;
        }
        if (inner != null) {
            inner.endOfStream(fromOriginator);
            return;
        }
        side(fromOriginator).reader.end();
        String how = "message ends as connection contents are completely delivered";
        if (fromOriginator) {
            requestMade(false, how);
        } else {
            replyMade(false, how);
        }
    }

    @Override
    public void finished() {
        if (inner != null) {
            inner.finished();
        }
        bothMade("message ends as connection is finished");
    }

    @Override
    public void reset() {
        if (inner != null) {
            inner.reset();
        }
        bothMade("message interrupted by RST");
    }

    private void bothMade(String how) {
        requestMade(true, how);
        replyMade(true, how);
    }

    @Override
    public void rolesFlipped() {
        if (inner != null) {
            weird("HTTP_late_flip_roles");
        } else if (requests > 0 || replies > 0) {
            weird("HTTP_late_flip_roles");
            over = true;
            closeReaders();
        } else {
            closeReaders();
            orig = new Side(true);
            resp = new Side(false);
        }
    }

    private void closeReaders() {
        orig.reader.close();
        resp.reader.close();
    }

    @Override
    public void done() {
        if (over) {
            return;
        }
        over = true;
        closeReaders();
        bothMade("message interrupted when connection done");
        if (inner != null) {
            inner.done();
        }
        events.stats(requests, replies, orig.version, resp.version);
        if (isConfirmed() && shared.files.isWanted()) {
            shared.files.end(origin(true));
        }
    }

    // First lines

    private void requestLine(byte[] data, int from, int to) {
        RequestLine line = HttpParser.request(data, from, to, orig);
        if (line == null) {
            if (requests > 0 && !keepAlive) {
                events.oddity("crud_trailing_HTTP_request", Bytes.copyOf(data, from, to));
            } else if (from == to) {
                // Some send a line end that the content length does not count; servers do not mind.
                weird("empty_http_request");
            } else {
                violate("not a http request line");
                orig.expect = Expect.NOTHING;
            }
            return;
        }
        requests++;
        if (!keepAlive && requests > 1) {
            weird("unexpected_multiple_HTTP_requests");
        }
        unanswered.add(isMethod(line.method(), "HEAD"));
        confirm();
        connectRequested |= isMethod(line.method(), "CONNECT");
        events.request(line);
        orig.begin(HttpEntity.Body.MAYBE, to - from);
        if (line.version() == HttpParser.VERSION_0_9) {
            expectBareBody(line.method());
        }
    }

    private void expectBareBody(Bytes method) {
        if (!method.latin1().equals("GET")) {
            tell("invalid_http_09_request_method", method.latin1());
        }
        if (resp.message != null) {
            weird("http_09_reply_before_request");
            resp.message.done(false, "message ends normally");
            resp.message = null;
        }
        resp.expect = Expect.BARE_BODY;
    }

    private void replyLine(byte[] data, int from, int to) {
        ReplyLine line = HttpParser.reply(data, from, to, resp);
        if (line == null) {
            if (from != to) {
                violate("not a http reply line");
                resp.expect = Expect.NOTHING;
            }
            return;
        }
        replies++;
        replyCode = line.code();
        reason = line.reason();
        if (!unanswered.isEmpty()) {
            confirm();
        }
        events.reply(resp.version, replyCode, reason);
        if (replyCode != OK) {
            // No tunnel after all.
            connectRequested = false;
        }
        resp.begin(bodyOfReply(), to - from);
    }

    private static boolean isMethod(Bytes method, String name) {
        return method.length() == name.length()
                && method.latin1().toUpperCase(Locale.ROOT).equals(name);
    }

    /** RFC 9112 section 6.3. */
    private HttpEntity.Body bodyOfReply() {
        boolean none = unanswered.firstIsHead()
                || replyCode >= CONTINUE && replyCode < OK
                || replyCode == NO_CONTENT
                || replyCode == NOT_MODIFIED;
        return none ? HttpEntity.Body.NOT_EXPECTED : HttpEntity.Body.EXPECTED;
    }

    // Ends of messages

    private void requestMade(boolean interrupted, String how) {
        if (!orig.ongoing) {
            return;
        }
        orig.ongoing = false;
        if (orig.message != null) {
            orig.message.done(interrupted, how);
        }
        orig.expect = interrupted ? Expect.NOTHING : Expect.FIRST_LINE;
    }

    private void replyMade(boolean interrupted, String how) {
        if (!resp.ongoing) {
            return;
        }
        resp.ongoing = false;
        if (resp.message != null) {
            resp.message.done(interrupted, how);
        }
        boolean interim = replyCode >= CONTINUE && replyCode < OK;
        if (!interim) {
            unanswered.removeFirst();
        }
        reason = null;
        if (replyCode == SWITCHING && unanswered.size() == 1 && upgradeAnnounced && !upgradeTo.isEmpty()) {
            upgrade();
        }
        replyCode = 0;
        upgradeAnnounced = false;
        upgradeTo = Bytes.EMPTY;
        resp.expect = interrupted || inner != null ? Expect.NOTHING : Expect.FIRST_LINE;
    }

    private void upgrade() {
        int left = resp.reader.remaining();
        if (left > 0) {
            tell("protocol_data_with_HTTP_upgrade_reply", Integer.toString(left));
        }
        becomeTunnel(left);
        events.upgrade(upgradeTo);
    }

    /** A proxy has agreed: what follows is any protocol. */
    private void openTunnel() {
        int left = resp.reader.remaining();
        if (left > 0) {
            tell("protocol_data_with_HTTP_CONNECT_reply", Integer.toString(left));
        }
        becomeTunnel(left);
    }

    private void becomeTunnel(int left) {
        inner = registry().innerTree(connection());
        resp.reader.plain(left);
    }

    // What messages tell

    void messageDone(boolean originator, String how) {
        if (originator) {
            requestMade(false, how);
        } else {
            replyMade(false, how);
        }
    }

    void header(boolean originator, MimeHeader h) {
        if (h.is("connection")) {
            if (originator) {
                keepAlive |= h.firstTokenIs("keep-alive");
            } else if (h.firstTokenIs("close")) {
                closes = true;
            } else {
                upgradeAnnounced |= h.firstTokenIs("upgrade");
            }
        } else if (!originator && h.is("upgrade")) {
            upgradeTo = h.firstToken();
        }
        events.header(originator, h);
    }

    void tell(String weird, String detail) {
        weird(weird, detail);
    }

    // What messages ask

    double now() {
        return shared.time.now();
    }

    HttpMessageEvents events() {
        return events;
    }

    FileTable files() {
        return shared.files;
    }

    FileOrigin origin(boolean originator) {
        FileOrigin known = originator ? origFiles : respFiles;
        if (known == null) {
            known = new FileOrigin(tag().name(), tag().scriptName(), connection(), originator);
            if (originator) {
                origFiles = known;
            } else {
                respFiles = known;
            }
        }
        return known;
    }

    boolean isPartialReply() {
        return replyCode == PARTIAL_CONTENT;
    }

    /** Of the request while there is one, else of the reply. */
    boolean knowsChunks() {
        return (orig.ongoing ? orig.version : resp.version) == HttpParser.VERSION_1_1;
    }

    boolean endsWithConnection() {
        return closes;
    }

    /** Hands on nothing more of the body at hand (skip_http_entity_data). */
    public void skipEntityData(boolean originator) {
        HttpMessage message = side(originator).message;
        if (message != null) {
            message.skipBody();
        }
    }
}
