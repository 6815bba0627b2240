package dev.portcullis.kit.configuration;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.BiFunction;

/**
 * The readers of all services on the class path. Each service has the sections of the others read before it takes a content of the folder up. What that gives depends on
 * the content alone, so services that run apart, of the same version, use or refuse the same contents without asking each other. Used by one thread at a time.
 */
public final class SectionReaders {
    /** The readers of a service that knows only its own sections. */
    public static final SectionReaders NONE = new SectionReaders(List.of());

    private final List<SectionReader> readers;

    public SectionReaders(List<SectionReader> readers) {
        this.readers = readers.stream()
                .sorted(Comparator.comparing(SectionReader::service))
                .toList();
    }

    /** The readers that this process has. */
    public static SectionReaders onClassPath() {
        var found = ServiceLoader.load(SectionReader.class, SectionReader.class.getClassLoader());
        return new SectionReaders(
                found.stream().map(ServiceLoader.Provider::get).toList());
    }

    /** Short names of the services whose sections are read, in alphabetical order. */
    public List<String> services() {
        return readers.stream().map(SectionReader::service).toList();
    }

    /** The parser of a service, which reads its own sections, after the readers of the other services. */
    public <T> BiFunction<List<ConfigurationDocument>, Faults, T> before(
            String service, BiFunction<List<ConfigurationDocument>, Faults, T> parser) {
        var others = readers.stream()
                .filter(reader -> !reader.service().equals(service))
                .toList();
        return (documents, faults) -> {
            others.forEach(other -> other.read(documents, faults));
            return parser.apply(documents, faults);
        };
    }
}
