/* For tests under wine 8 alone, which lacks this library; programs made with Go need the one function. Never shipped. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG); /* RtlGenRandom of advapi32 */

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count)
{
	while (count > 0) {
		ULONG part = count > 0x10000000 ? 0x10000000 : (ULONG)count;
		if (!SystemFunction036(bytes, part))
			return FALSE;
		bytes += part;
		count -= part;
	}
	return TRUE;
}
