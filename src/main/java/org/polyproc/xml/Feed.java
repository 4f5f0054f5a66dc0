package org.polyproc.xml;

import java.io.IOException;
import java.io.InputStream;

/**
 * Hands the pieces of a document from the thread that has them to the thread that parses them; one of the two works at a time.
 * Thread-safe. What the parsing thread did before it asked for more, or ended, is visible to the other one.
 */
final class Feed extends InputStream {

    private static final byte[] NOTHING = new byte[0];

    /* Guarded by this. */
    private byte[] piece = NOTHING;
    private int position;
    private boolean last;
    private boolean hungry;
    private boolean ended;

    /**
     * Gives a piece and waits until it is used up, or the parsing thread has ended.
     *
     * @param isLast whether no other one comes
     */
    synchronized void supply(byte[] bytes, boolean isLast) throws InterruptedException {
        piece = bytes;
        position = 0;
        last = isLast;
        hungry = false;
        notifyAll();
        while (!hungry && !ended) {
            wait();
        }
    }

    /** Says that the parsing thread needs no more. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Ends the document for a parsing thread that nobody will supply any more. */
    synchronized void abandon() {
        last = true;
        notifyAll();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        while (position == piece.length) {
            if (last) {
                return -1;
            }
            hungry = true;
            notifyAll();
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }
        int count = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, target, offset, count);
        position += count;
        return count;
    }
}
