package org.polyproc.syscall;

import com.oracle.graal.python.PythonLanguage;
import com.oracle.graal.python.builtins.Builtin;
import com.oracle.graal.python.builtins.objects.PNone;
import com.oracle.graal.python.builtins.objects.buffer.PythonBufferAccessLibrary;
import com.oracle.graal.python.builtins.objects.bytes.PBytes;
import com.oracle.graal.python.builtins.objects.memoryview.PMemoryView;
import com.oracle.graal.python.nodes.function.builtins.PythonBinaryBuiltinNode;
import com.oracle.graal.python.nodes.function.builtins.PythonUnaryBuiltinNode;
import com.oracle.graal.python.runtime.object.PFactory;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.interop.TruffleObject;

/**
 * One end of a channel for {@linkplain QuickCall builtin functions}, which send and receive what can be sent and received at once.
 * Thread-safe, with the visibility of {@link Channel}.
 *
 * @param forTasks whether the messages are tasks that the process works on, or their results
 */
record ChannelPort(Channel channel, boolean forTasks) implements TruffleObject {

    /** Returns a builtin function of one argument, bytes-like, which sends a message and returns whether it did. */
    Object sender() {
        return Send.CALL.bind(this);
    }

    /** Returns a builtin function without arguments, which receives a message and returns its {@code bytes}, or {@code None}. */
    Object receiver() {
        return Receive.CALL.bind(this);
    }

    /** Sends a message if there is room. */
    @Builtin(name = "send", minNumOfPositionalArgs = 2)
    static final class Send extends PythonBinaryBuiltinNode {

        static final QuickCall<Send> CALL = new QuickCall<>(Send.class, Send::new);

        @Override
        public Object execute(VirtualFrame frame, Object port, Object payload) {
            return send(port, payload);
        }

        @TruffleBoundary
        private static boolean send(Object self, Object payload) {
            return self instanceof ChannelPort port && isPlain(payload)
                    && port.channel.sendAtOnce(new Payload(payload), port.forTasks);
        }

        private static boolean isPlain(Object payload) {
            return payload instanceof PBytes || payload instanceof PMemoryView view && !view.isReleased()
                    && view.getDimensions() == 1 && view.isCContiguous() && view.getBufferPointer() == null;
        }
    }

    /** Receives a message if one is there. */
    @Builtin(name = "receive", minNumOfPositionalArgs = 1)
    static final class Receive extends PythonUnaryBuiltinNode {

        static final QuickCall<Receive> CALL = new QuickCall<>(Receive.class, Receive::new);

        @Override
        public Object execute(VirtualFrame frame, Object port) {
            byte[] message = receive(port);
            return message == null ? PNone.NONE : PFactory.createBytes(PythonLanguage.get(this), message);
        }

        @TruffleBoundary
        private static byte[] receive(Object self) {
            return self instanceof ChannelPort port ? port.channel.receiveAtOnce(port.forTasks) : null;
        }
    }

    /** A bytes-like object that nobody can change at the moment, since the calling thread has GraalPy's global lock. */
    private record Payload(Object object) implements Messages.Payload {

        @Override
        public long length() {
            return PythonBufferAccessLibrary.getUncached().getBufferLength(object);
        }

        @Override
        public void read(byte[] target, int start) {
            PythonBufferAccessLibrary.getUncached().readIntoByteArray(object, 0, target, start, target.length - start);
        }
    }
}
