package dev.portcullis.demo;

import java.nio.file.Path;

/** The shop of one demo, open for customers: its pods serve and count from {@link #open} to {@link #close}. Thread-safe. */
public final class DemoShop implements AutoCloseable {
    /** A good version's errors, half of what the SLO allows. */
    private static final double GOOD_ERROR_RATIO = 0.0005;

    private static final double BAD_ERROR_RATIO = 0.03;

    private final VersionHashes hashes;
    private final Shop shop;
    private final ShopServer server;
    private final ShopTicker ticker;

    private DemoShop(VersionHashes hashes, Shop shop) {
        this.hashes = hashes;
        this.shop = shop;
        this.server = ShopServer.start(shop);
        this.ticker = new ShopTicker(shop);
    }

    /** Opens a shop with a good stable version. */
    public static DemoShop open(DemoOptions options) {
        var shop = withoutCustomers(options);
        shop.ticker.start();
        return shop;
    }

    /** A shop in which no time passes by itself. */
    static DemoShop withoutCustomers(DemoOptions options) {
        var hashes = new VersionHashes(options.seed());
        var stable = new Version(hashes.next(), GOOD_ERROR_RATIO);
        return new DemoShop(hashes, new Shop(stable, options.requestsPerSecond(), options.seed()));
    }

    /** Writes the configuration the three services need to know this shop: SLO, policy, source. */
    public void writeConfiguration(Path folder) {
        DemoConfiguration.write(folder, server);
    }

    /** A new version for a canary, as good as the first stable one or bad. */
    Version nextVersion(boolean good) {
        return new Version(hashes.next(), good ? GOOD_ERROR_RATIO : BAD_ERROR_RATIO);
    }

    Shop shop() {
        return shop;
    }

    String readBackUrl() {
        return server.readBackUrl();
    }

    @Override
    public void close() {
        ticker.close();
        server.close();
        shop.close();
    }
}
