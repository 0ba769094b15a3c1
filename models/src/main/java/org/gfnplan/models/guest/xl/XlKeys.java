package org.gfnplan.models.guest.xl;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The keys that xl 4.20 reads from a guest's file. It ignores all others without a word. */
final class XlKeys {
  /** Keys that shape the layout; what looks like one of these is probably a slip. */
  static final Set<String> LAYOUT =
      sorted(
          """
          bios builder device_model_version firmware firmware_override hap iomem maxmem memory
          mmio_hole name passthrough pci rdm rdm_mem_boundary stdvga type vga videoram vnuma
          """);

  /** Every key. */
  static final Set<String> ALL =
      sorted(
          String.join(" ", LAYOUT)
              + """
               acpi acpi_firmware acpi_laptop_slate acpi_s3 acpi_s4 altp2m altp2mhvm apic
              arm_sci argo bios_path_override blkdev_start boot bootloader bootloader_args
              bootloader_restrict bootloader_user cap channel claim_mode cmdline cpu_weight cpuid
              cpus cpus_soft device_model device_model_args device_model_args_hvm
              device_model_args_pv device_model_override device_model_stubdomain_override
              device_model_stubdomain_seclabel device_model_user device_tree disk dm_restrict
              driver_domain dtdev e820_host event_channels extra extratime gfx_passthru gic_version
              hdtype hpet init_seclabel ioports irqs kernel keymap latency llc_colors localtime
              max_event_channels max_grant_frames max_grant_version max_maptrack_frames maxvcpus
              mca_caps ms_vm_genid msr_relaxed nestedhvm nographic nomigrate nr_spis nx on_crash
              on_poweroff on_reboot on_soft_reset on_watchdog oos opengl p9 pae pci_msitranslate
              pci_permissive pci_power_mgmt pci_seize period pool pvcalls pvh pvshim pvshim_cmdline
              pvshim_extra pvshim_path ramdisk root rtc_timeoffset sched sdl seclabel serial
              shadow_memory slice smbios smbios_firmware soundhw spice spice_clipboard_sharing
              spice_image_compression spice_streaming_video spiceagent_mouse
              spicedisable_ticketing spicehost spicepasswd spiceport spicetls_port
              spiceusbredirection spicevdagent stubdomain_cmdline stubdomain_kernel
              stubdomain_memory stubdomain_ramdisk suppress_spurious_page_faults sve tee timer_mode
              trap_unmapped_accesses tsc_mode usb usbctrl usbdev usbdevice usbversion uuid vcpus
              vdispl vendor_device vfb vga vif vif2 viommu viridian virtio vkb vkb_device
              vmtrace_buf_kb vnc vncconsole vncdisplay vnclisten vncpasswd vncunused vncviewer
              vpmu vpt_align vsnd vtpm vuart xauthority display xen_platform_pci
              xend_suspend_evtchn_compat
              """);

  private XlKeys() {}

  private static Set<String> sorted(String words) {
    return Arrays.stream(words.trim().split("\\s+")).collect(Collectors.toCollection(TreeSet::new));
  }
}
