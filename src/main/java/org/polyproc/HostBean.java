package org.polyproc;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanRegistrationException;
import javax.management.ObjectName;

/** A host in the platform's MBean server. Thread-safe. */
final class HostBean implements PythonHostMXBean {

    private final PythonHost host;
    private final ObjectName name;

    private HostBean(PythonHost host, ObjectName name) {
        this.host = host;
        this.name = name;
    }

    /**
     * Registers a host.
     *
     * @throws IllegalStateException if another one has the name
     */
    static HostBean register(PythonHost host, String name) {
        try {
            HostBean bean = new HostBean(host, objectName(name));
            ManagementFactory.getPlatformMBeanServer().registerMBean(bean, bean.name);
            return bean;
        } catch (InstanceAlreadyExistsException e) {
            throw new IllegalStateException("the name of a host in JMX must be its own: name=" + name, e);
        } catch (JMException e) {
            throw new IllegalStateException("JMX can't register the host: name=" + name, e);
        }
    }

    private static ObjectName objectName(String name) throws JMException {
        boolean isPlain = !name.isEmpty() && name.chars().noneMatch(character -> ",=:\"*?\n".indexOf(character) >= 0);
        return new ObjectName("org.polyproc:type=PythonHost,name=" + (isPlain ? name : ObjectName.quote(name)));
    }

    /** Takes the host out of JMX. Idempotent. */
    void unregister() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // Somebody else has done it, who may.
        } catch (MBeanRegistrationException e) {
            throw new AssertionError("this bean has nothing to say about it", e);
        }
    }

    @Override
    public List<Row> getProcesses() {
        return host.processes().map(HostBean::row).toList();
    }

    private static Row row(PythonProcess process) {
        return new Row(process.pid(), process.parent().map(PythonProcess::pid).orElse(0), process.name(), process.state(),
                process.startTime().toEpochMilli(), process.cpuTime().toMillis());
    }

    @Override
    public int getLiveProcessCount() {
        return (int) host.processes().filter(PythonProcess::isAlive).count();
    }

    @Override
    public long getSharedBytes() {
        return host.sharedBytes();
    }

    @Override
    public long getMaxQueuedBytes() {
        return host.maxQueuedBytes();
    }

    @Override
    public boolean isJitEnabled() {
        return host.hasJit();
    }

    @Override
    public boolean terminate(int pid) {
        return with(pid, PythonProcess::terminate);
    }

    @Override
    public boolean kill(int pid) {
        return with(pid, PythonProcess::kill);
    }

    private boolean with(int pid, Consumer<PythonProcess> action) {
        Optional<PythonProcess> living = host.process(pid).filter(PythonProcess::isAlive);
        living.ifPresent(action);
        return living.isPresent();
    }
}
