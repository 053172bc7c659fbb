/* The header stands alone, may be included twice, and is plain C99. */
#include <guiju.h>
#include <stdio.h>
#include <string.h>

/* again */
#include <guiju.h>

int check_layout(void);

int main(void) {
  char version[32];
  int faults = 0;
  sprintf(version, "%d.%d.%d", GJ_VERSION_MAJOR, GJ_VERSION_MINOR, GJ_VERSION_PATCH);
  faults += strcmp(version, gj_version()) != 0;
  faults += strcmp(version, GUIJU_VERSION) != 0; /* of the build */
  faults += gj_abi_version() != GJ_ABI_VERSION;
  faults += strcmp(gj_status_name(GJ_E_UTF8), "GJ_E_UTF8") != 0;
  faults += strcmp(gj_status_name(12345), "?") != 0;
  faults += check_layout();
  if (faults != 0) printf("%d faults\n", faults);
  return faults;
}
