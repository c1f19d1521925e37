package dev.tandem.core.protocol.mime;

/** What the entities of one message tell. Engine thread. */
public interface MimeMessage {
    void beginEntity(MimeEntity entity);

    void endEntity(MimeEntity entity);

    void header(MimeEntity entity, MimeHeader header);

    void allHeaders(MimeEntity entity);

    /** Part of a body, decoded; the array is the caller's. */
    void data(MimeEntity entity, byte[] data, int from, int to);

    /** Something wrong with the form. @param category {@code illegal format} or {@code illegal encoding} */
    void illegal(String category, String detail);

    /** A limit was met. */
    void limit(String weird, long value);
}
