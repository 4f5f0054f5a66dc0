package org.polyproc.kernel;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * Kernel objects on their way from one living process to another, as open files travel with {@code SCM_RIGHTS}: the sender offers
 * an object and gets a token, which it sends by whatever means; who has the token can claim the object, once. What is not claimed
 * is forgotten when the sender ends.
 *
 * <p>Thread-safe.
 */
public final class Transfers {

    private static final int TOKEN_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Offer> offers = new ConcurrentHashMap<>();
    private final IntSupplier ids;

    Transfers(IntSupplier ids) {
        this.ids = ids;
    }

    /** Held by the sender, so that it ends with it. */
    private final class Offer extends KernelObject {
        private final String token;
        private final Descriptors sender;
        private final KernelObject object;

        Offer(int id, String token, Descriptors sender, KernelObject object) {
            super(id);
            this.token = token;
            this.sender = sender;
            this.object = object;
            object.retain();
        }

        @Override
        protected void destroy() {
            offers.remove(token);
            object.drop();
        }
    }

    /**
     * Offers an object that the sender holds.
     *
     * @return the token, which can't be guessed
     * @throws IllegalArgumentException if the sender does not hold it
     * @throws ObjectLimitException     if there are as many objects as allowed
     */
    public String offer(Descriptors sender, int id) {
        String token = new BigInteger(TOKEN_BITS, random).toString(Character.MAX_RADIX);
        Offer offer = new Offer(ids.getAsInt(), token, sender, sender.get(id, KernelObject.class));
        offers.put(token, sender.holdNew(offer));
        return token;
    }

    /**
     * Takes hold of an object that was offered.
     *
     * @return its number; empty if there is no such offer, or not any more
     * @throws ObjectLimitException if there are as many objects as allowed; the offer is gone then
     */
    public Optional<Integer> claim(String token, Descriptors receiver) {
        Offer offer = offers.remove(token);
        if (offer == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(receiver.hold(offer.object).id());
        } finally {
            offer.sender.drop(offer.id());
        }
    }
}
