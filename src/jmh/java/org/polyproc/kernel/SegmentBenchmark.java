package org.polyproc.kernel;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.polyproc.kernel.memory.MemoryBudget;
import org.polyproc.kernel.memory.Segment;

/** Shared memory: items, of which a benchmark's time is that of one, and bytes in bulk. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SegmentBenchmark {

    private static final int SIZE = 1 << 20;
    private static final int ITEMS = SIZE / Long.BYTES;

    private final Segment segment = new Segment(1, SIZE, new MemoryBudget(SIZE));
    private final long[] array = new long[ITEMS];
    private final byte[] bytes = new byte[SIZE];

    /** Keeps the memory. */
    public SegmentBenchmark() {
        segment.retain();
    }

    /** An item, read in order with acquire semantics. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public long readItem() {
        long sum = 0;
        for (int i = 0; i < ITEMS; i++) {
            sum += segment.getLong((long) i * Long.BYTES);
        }
        return sum;
    }

    /** An item, written with release semantics. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void writeItem() {
        for (int i = 0; i < ITEMS; i++) {
            segment.setLong((long) i * Long.BYTES, i);
        }
    }

    /** An item of an array on the heap. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public long readItemOfJavaArray() {
        long sum = 0;
        for (int i = 0; i < ITEMS; i++) {
            sum += array[i];
        }
        return sum;
    }

    /** 1 MiB into the segment. */
    @Benchmark
    public void writeBytes() {
        segment.write(0, bytes, 0, SIZE);
    }

    /** 1 MiB out of the segment. */
    @Benchmark
    public byte[] readBytes() {
        segment.read(0, bytes, 0, SIZE);
        return bytes;
    }

    /** 1 MiB from an array on the heap to another one. */
    @Benchmark
    public byte[] copyOfJavaArray() {
        return bytes.clone();
    }
}
