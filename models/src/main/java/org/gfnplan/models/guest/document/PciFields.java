package org.gfnplan.models.guest.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gfnplan.models.guest.EmulatedFunction;
import org.gfnplan.models.guest.GuestCards;
import org.gfnplan.models.guest.GuestCards.Network;
import org.gfnplan.models.guest.GuestCards.Video;
import org.gfnplan.models.guest.GuestPci;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RootPort;
import org.gfnplan.models.input.Spelling;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.document.Fields;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Reads the PCI functions of a document and the ports they hang from. */
final class PciFields {
  private static final long MOST_32 = 2L << 30;

  private final Scope scope;
  private final Fields fields;
  private final Map<PciAddress, Origin> assigned = new HashMap<>();
  private final Map<String, Origin> portNames = new HashMap<>();

  PciFields(Scope scope, Fields fields) {
    this.scope = scope;
    this.fields = fields;
  }

  GuestPci pci() {
    scope.check(fields, "devices", "pool", "emulated", "ports", "video", "networks", "passthrough");
    List<RootPort> ports = ports();
    List<PciAssignment> now = devices("devices");
    List<PciAssignment> later = devices("pool");
    Stated<Boolean> passthrough = fields.flag("passthrough");
    if (passthrough != null && !passthrough.value() && !(now.isEmpty() && later.isEmpty())) {
      fields.problemAt("passthrough", "a guest without passthrough is given no devices");
    }
    return new GuestPci(now, later, emulated(), ports, cards(), passthrough);
  }

  private GuestCards cards() {
    Map<String, Video> videos = new TreeMap<>();
    for (Video video : Video.values()) {
      videos.put(video.word(), video);
    }
    Map<String, Network> models = new TreeMap<>();
    for (Network network : Network.values()) {
      models.put(network.word(), network);
    }
    List<Stated<Network>> networks = new ArrayList<>();
    for (Fields item : Lists.of(fields, "networks", Lists.MOST_ITEMS)) {
      item.require("model");
      Stated<Network> model = item.word("model", models);
      item.reportUnknown();
      if (model != null) {
        networks.add(model);
      }
    }
    return new GuestCards(fields.word("video", videos), networks);
  }

  private List<RootPort> ports() {
    List<RootPort> ports = new ArrayList<>();
    for (Fields item : Lists.of(fields, "ports", Lists.MOST_ITEMS)) {
      Stated<String> name = Lists.uniqueName(item, portNames);
      Stated<Long> memory = Scope.multiple(item, "memory", Scope.MIB, 0, MOST_32);
      Stated<Long> wide = Scope.multiple(item, "prefetchable", Scope.MIB, 0, Scope.MOST_BYTES);
      item.reportUnknown();
      if (name != null) {
        ports.add(new RootPort(name.value(), orZero(memory), orZero(wide), name.origin()));
      }
    }
    return ports;
  }

  private List<EmulatedFunction> emulated() {
    List<EmulatedFunction> functions = new ArrayList<>();
    Map<String, Origin> names = new HashMap<>();
    for (Fields item : Lists.of(fields, "emulated", Lists.MOST_ITEMS)) {
      Stated<String> name = Lists.uniqueName(item, names);
      item.require("bars");
      List<Bar> bars = BarFields.bars(item);
      item.reportUnknown();
      if (name != null) {
        functions.add(new EmulatedFunction(name.value(), bars, name.origin()));
      }
    }
    return functions;
  }

  private List<PciAssignment> devices(String key) {
    List<PciAssignment> devices = new ArrayList<>();
    for (Fields device : Lists.of(fields, key, Lists.MOST_ITEMS)) {
      Stated<String> text = device.requiredText("address");
      RdmPolicies policies = new RdmFields(scope).policies(device);
      List<Bar> bars = BarFields.bars(device);
      List<PciAssignment.ResizedBar> resized = BarFields.resized(device, bars);
      Stated<String> port = port(device);
      device.reportUnknown();
      PciAddress address = text == null ? null : address(device, text);
      if (text != null && address != null) {
        devices.add(
            new PciAssignment(address, false, policies, bars, resized, port, text.origin()));
      }
    }
    return devices;
  }

  private @Nullable PciAddress address(Fields device, Stated<String> text) {
    PciAddress address = PciAddress.parse(text.value());
    if (address == null) {
      device.problemAt(
          "address", "`" + text.value() + "` is not a device address like `0000:00:02.0`");
      return null;
    }
    Origin earlier = assigned.putIfAbsent(address, text.origin());
    if (earlier != null) {
      device.problemAt(
          "address", "device " + address + " is assigned twice, first in " + earlier.shortForm());
    }
    return address;
  }

  private @Nullable Stated<String> port(Fields device) {
    Stated<String> port = device.text("port");
    if (port != null && !portNames.containsKey(port.value())) {
      String nearest = Spelling.nearest(port.value(), portNames.keySet());
      device.problemAt(
          "port",
          "no item of `ports` is called `%s`%s"
              .formatted(port.value(), nearest == null ? "" : ", one is called `" + nearest + "`"));
    }
    return port;
  }

  private static long orZero(@Nullable Stated<Long> bytes) {
    return bytes == null ? 0 : bytes.value();
  }
}
