package io.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class ClientAddressProperties {
    /** The quick path for the common spelling and the general parser give one answer, refusals included. */
    @Property(tries = 5000)
    void bothPathsAgree(@ForAll("nearlyDottedQuads") String text) {
        assertThat(outcome(() -> ClientAddress.parse(text)))
                .isEqualTo(outcome(() -> ClientAddress.parseAny(text, ClientAddress.DEFAULT_IPV6_PREFIX)));
    }

    @Property
    void exemptionsAreThoseOfTheAddressLibrary(@ForAll("ipv4") byte[] raw) {
        IPv4Address address = new IPv4Address(raw);
        boolean exempt = address.isLoopback()
                || address.isPrivate()
                || address.isLinkLocal()
                || address.isAnyLocal()
                || address.isMulticast();
        assertThat(ClientAddress.parse(address.toCanonicalString()).exempt()).isEqualTo(exempt);
    }

    @Property
    void theCanonicalTextIsAnAddressOfTheSameSender(@ForAll("ipv6") String text) {
        ClientAddress address = ClientAddress.parse(text);
        assertThat(ClientAddress.parse(address.text())).isEqualTo(address);
    }

    @Property
    void ipv6TextsAreThoseOfTheAddressLibrary(
            @ForAll("ipv6") String text, @ForAll @IntRange(min = 48, max = 128) int prefix) {
        IPv6Address address = new IPAddressString(text).getAddress().toIPv6();
        ClientAddress ours = ClientAddress.parse(text, prefix);
        Assume.that(ours.sender().isIpv6());
        assertThat(ours.text()).isEqualTo(address.toCanonicalString());
        assertThat(ours.sender().network()).isEqualTo(prefixText(address, 48));
        String sender = prefix == 128 ? address.toCanonicalString() : prefixText(address, prefix);
        assertThat(ours.sender().text()).isEqualTo(sender);
    }

    /** Keys are their senders': no two senders, with a connector or without, share one; networks neither. */
    @Property
    void keysAreNeverShared(@ForAll("keys") SenderKey a, @ForAll("keys") SenderKey b) {
        assertThat(Arrays.equals(a.bytes(), b.bytes())).isEqualTo(a.text().equals(b.text()));
        boolean isOneNetwork = a.network().equals(b.network()) && Objects.equals(a.connector(), b.connector());
        assertThat(Arrays.equals(a.networkBytes(), b.networkBytes())).isEqualTo(isOneNetwork);
        SenderKey via = a.connector() == null ? a.viaOf(b.bytes()) : null;
        assertThat(via != null)
                .isEqualTo(a.connector() == null
                        && b.connector() != null
                        && SenderKey.withoutConnector(b.text()).equals(a.text()));
    }

    @Provide
    Arbitrary<SenderKey> keys() {
        // As alike as can be: bytes of one kind of key in the places of another's.
        Arbitrary<SenderKey> ipv4 = Arbitraries.of("203.0.113.255", "203.0.113.2", "203.0.0.2")
                .map(text -> ClientAddress.parse(text).sender());
        Arbitrary<SenderKey> ipv6 = Combinators.combine(
                        Arbitraries.of(
                                "2001:db8:1:2::", "2001:db8:1:2:4061:6201:ff00:0", "2001:db8:1:2:4061:6261:6202:ff78"),
                        Arbitraries.of(48, 64, 97, 120, 128))
                .as((text, prefix) -> ClientAddress.parse(text, prefix).sender());
        Arbitrary<SenderKey> pools =
                Arbitraries.of("a", "ab", "aab", "ab\u0002", "\u00ff").map(SenderKey::pool);
        Arbitrary<String> connectors = Arbitraries.of("", "", "a", "ab", "aab", "b", "abababababab");
        return Combinators.combine(Arbitraries.oneOf(ipv4, ipv6, pools), connectors)
                .as((sender, connector) -> connector.isEmpty() ? sender : sender.via(connector));
    }

    private static String prefixText(IPv6Address address, int prefix) {
        return address.toZeroHost(prefix).withoutPrefixLength().toCanonicalString() + "/" + prefix;
    }

    private static Object outcome(Supplier<ClientAddress> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Provide
    Arbitrary<byte[]> ipv4() {
        Arbitrary<Byte> first =
                Arbitraries.of(0, 10, 127, 169, 172, 192, 203, 224, 240).map(Integer::byteValue);
        Arbitrary<Byte> second = Arbitraries.oneOf(
                Arbitraries.of(0, 15, 16, 31, 32, 168, 254).map(Integer::byteValue), Arbitraries.bytes());
        return Combinators.combine(first, second, Arbitraries.bytes(), Arbitraries.bytes())
                .as((a, b, c, d) -> new byte[] {a, b, c, d});
    }

    @Provide
    Arbitrary<String> nearlyDottedQuads() {
        Arbitrary<String> octet = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(0, 255).map(String::valueOf)),
                Tuple.of(
                        1, Arbitraries.of("", "0", "00", "007", "256", "999", "1e1", "+1", " 1", "1 ", "a", "\u0663")));
        Arbitrary<String> separator = Arbitraries.frequencyOf(
                Tuple.of(20, Arbitraries.just(".")), Tuple.of(1, Arbitraries.of("", "..", ",", ":")));
        return Combinators.combine(octet, separator, octet, separator, octet, separator, octet)
                .as((a, s, b, t, c, u, d) -> a + s + b + t + c + u + d);
    }

    @Provide
    Arbitrary<String> ipv6() {
        return Arbitraries.of("0", "0", "0", "0", "1", "ff", "ffff", "64", "ff9b", "2002", "2001", "db8", "fe80")
                .list()
                .ofSize(8)
                .map(groups -> String.join(":", groups));
    }
}
