package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JmxTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private static Set<ObjectName> names() throws Exception {
        return SERVER.queryNames(new ObjectName("org.polyproc:type=PythonHost,*"), null);
    }

    @Test
    void theProcessTableHasOpenTypes() throws Exception {
        ObjectName name = new ObjectName("org.polyproc:type=PythonHost,name=table");
        try (PythonHost host = PythonHost.builder().jmx("table").build();
                PythonProcess process = host.start(PythonProgram.code("import time; time.sleep(1000)"))) {
            CompositeData[] rows = assertInstanceOf(CompositeData[].class, SERVER.getAttribute(name, "Processes"));
            assertEquals(1, rows.length);
            assertEquals(process.pid(), rows[0].get("pid"));
            assertEquals(0, rows[0].get("parentPid"));
            assertEquals("MainProcess", rows[0].get("name"));
            assertTrue(Set.of("RUNNING", "WAITING").contains(rows[0].get("state")));
            assertEquals(process.startTime().toEpochMilli(), rows[0].get("startMillis"));
            assertTrue((long) rows[0].get("cpuTimeMillis") >= 0);

            PythonHostMXBean bean = JMX.newMXBeanProxy(SERVER, name, PythonHostMXBean.class);
            assertEquals(1, bean.getLiveProcessCount());
            assertEquals(process.pid(), bean.getProcesses().getFirst().pid());
            assertEquals(host.sharedBytes(), bean.getSharedBytes());
            assertEquals(host.maxQueuedBytes(), bean.getMaxQueuedBytes());
            assertEquals(host.hasJit(), bean.isJitEnabled());

            assertTrue(bean.terminate(process.pid()));
            assertEquals(new ExitStatus(-15), process.waitFor());
            assertFalse(bean.kill(process.pid()));
            assertEquals(0, bean.getLiveProcessCount());
        }
        assertFalse(SERVER.isRegistered(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain name", "a,b=c:d", "what*?", "\"quoted\"", ""})
    void anyNameWillDo(String text) throws Exception {
        try (PythonHost host = PythonHost.builder().jmx(text).build()) {
            ObjectName name = names().iterator().next();
            String key = name.getKeyProperty("name");
            assertEquals(text, key.startsWith("\"") ? ObjectName.unquote(key) : key);
            assertEquals(0L, SERVER.getAttribute(name, "SharedBytes"));
            assertEquals(0L, host.sharedBytes());
        }
        assertEquals(Set.of(), names());
    }

    @Test
    void twoHostsHaveTwoNames() throws Exception {
        try (PythonHost host = PythonHost.builder().jmx("one").build()) {
            IllegalStateException e =
                    assertThrows(IllegalStateException.class, () -> PythonHost.builder().jmx("one").build());
            assertEquals("the name of a host in JMX must be its own: name=one", e.getMessage());
            assertEquals(1, names().size());
            host.close();
            host.close();
        }
        assertEquals(Set.of(), names());
    }

    @Test
    void nobodyIsShownWithoutBeingAsked() throws Exception {
        try (PythonHost _ = PythonHost.create()) {
            assertEquals(Set.of(), names());
        }
    }
}
