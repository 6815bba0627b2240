package dev.portcullis.kit.testing;

import dev.portcullis.kit.database.DatabaseSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A database whose statements are counted where they are prepared. Thread-safe. */
public final class CountedStatements {
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final DataSource dataSource;

    public CountedStatements(DatabaseSettings database) {
        var real = new PGSimpleDataSource();
        real.setUrl(database.url());
        real.setUser(database.user());
        real.setPassword(database.password());
        this.dataSource = proxy(DataSource.class, real);
    }

    /** The way to it. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** How often a statement was prepared. */
    public int count(String statement) {
        return counts.getOrDefault(statement, 0);
    }

    private <T> T proxy(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call(real, method, arguments)));
    }

    private @Nullable Object call(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments != null && method.getName().equals("prepareStatement")) {
            counts.merge((String) arguments[0], 1, Integer::sum);
        }
        try {
            var answer = method.invoke(real, arguments);
            return answer instanceof Connection connection ? proxy(Connection.class, connection) : answer;
        } catch (InvocationTargetException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }
}
