package org.gfnplan.models.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.guest.Reading;
import org.gfnplan.models.platform.Settings;
import org.gfnplan.models.platform.qemu.QemuPlatform;
import org.junit.jupiter.api.Test;

class ConfiguredGuestTest {
  @Test
  void takesEverySettingThatAQemuGuestCanHave() {
    Guest stated =
        Reading.guest(
            "-machine q35,max-ram-below-4g=1G -m 4G,slots=2,maxmem=8G -cpu qemu64,phys-bits=46"
                + " -global q35-pcihost.pci-hole64-size=64G -bios OVMF.fd"
                + " -fw_cfg name=opt/ovmf/X-PciMmio64Mb,string=131072");
    QemuPlatform platform = new QemuPlatform(PlatformName.QEMU_Q35);
    Settings all = platform.present(stated);
    assertEquals(6, all.all().size());
    assertNotNull(all.get("X-PciMmio64Mb"));
    Guest configured = ConfiguredGuest.of(Reading.guest("-machine q35 -m 4G -bios OVMF.fd"), all);
    assertEquals(List.copyOf(all.all()), List.copyOf(platform.present(configured).all()));
  }
}
