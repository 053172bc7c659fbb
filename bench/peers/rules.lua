-- The two programmes as a programmer would write them in Lua for LuaJIT: integers in; outcome, amount and mask of failures out.
local bit = require "bit"
local floor, min = math.floor, math.min
local bor, band, rshift = bit.bor, bit.band, bit.rshift

local function day(year, month, day_of_month)  -- days since 1970-01-01
  local y = month <= 2 and year - 1 or year
  local era = floor(y / 400)
  local of_era = y - era * 400
  local of_year = floor((153 * (month > 2 and month - 3 or month + 9) + 2) / 5) + day_of_month - 1
  return era * 146097 + of_era * 365 + floor(of_era / 4) - floor(of_era / 100) + of_year - 719468
end

local ELIGIBLE, INELIGIBLE, REFERRED, NOT_IN_FORCE = 0, 1, 3, 4
local D2024_04_24, D2024_08_25 = day(2024, 4, 24), day(2024, 8, 25)
local Y2025, Y2026, Y2027 = day(2025, 1, 1), day(2026, 1, 1), day(2027, 1, 1)
local HELD_2024, HELD_2025 = day(2024, 7, 25), day(2025, 1, 8)
local ASKED_2024, ASKED_2025 = day(2025, 1, 10), day(2026, 1, 10)
local NEW_ENERGY = 3
local BY_2024 = { [0] = day(2011, 6, 30), day(2013, 6, 30), day(2013, 6, 30), day(2018, 4, 30) }
local BY_2025 = { [0] = day(2012, 6, 30), day(2014, 6, 30), day(2014, 6, 30), day(2018, 12, 31) }
local BY_2026 = { [0] = day(2013, 6, 30), day(2015, 6, 30), day(2015, 6, 30), day(2019, 12, 31) }

local function appliances(on, category, tier, list_price, discounts, participating, takes_back, buyer)
  if on < D2024_08_25 or on >= Y2027 then return NOT_IN_FORCE, 0, 0 end
  local in2026 = on >= Y2026
  local listed = in2026 and 0x3f or on >= Y2025 and 0xfff or 0xff
  local failed = 0
  if buyer ~= 0 then failed = 1 end
  if participating == 0 then failed = bor(failed, 2) end
  if band(rshift(listed, category), 1) == 0 then failed = bor(failed, 4) end
  if tier > (in2026 and 0 or 1) then failed = bor(failed, 8) end
  if in2026 and takes_back == 0 then failed = bor(failed, 16) end
  if failed ~= 0 then return INELIGIBLE, 0, failed end
  local percent = not in2026 and tier == 0 and 20 or 15
  return ELIGIBLE, min(floor((list_price - discounts) * percent / 100), in2026 and 150000 or 200000), 0
end

local function cars(on, papers, fuel, registered, held, drive, displacement, price)
  if on < D2024_04_24 or on >= Y2027 then return NOT_IN_FORCE, 0, 0 end
  local in2025, in2026 = on >= Y2025, on >= Y2026
  local failed, open = 0, false
  if registered > (in2026 and BY_2026 or in2025 and BY_2025 or BY_2024)[fuel] then failed = 1 end
  if drive ~= 0 and displacement > 2000 then
    if displacement >= 2050 then failed = bor(failed, 2) else open = true end
  end
  local held_by = in2025 and HELD_2025 or HELD_2024
  if held > held_by then failed = bor(failed, 16) elseif held == held_by then open = true end
  if in2026 then
    if papers < Y2026 then failed = bor(failed, 4) end
    if papers < Y2026 or papers >= Y2027 then open = true end
  elseif in2025 then
    if papers < Y2025 or papers >= Y2026 then failed = bor(failed, 4) end
    if papers > ASKED_2025 then failed = bor(failed, 8) elseif papers == ASKED_2025 then open = true end
  else
    if papers < D2024_04_24 or papers >= Y2025 then failed = bor(failed, 4) end
    if papers < D2024_04_24 or papers > ASKED_2024 then failed = bor(failed, 8) end
  end
  if fuel == NEW_ENERGY and drive ~= 0 then failed = bor(failed, in2026 and 128 or 64) end
  if failed ~= 0 then return INELIGIBLE, 0, failed end
  if open then return REFERRED, 0, 0 end
  local flat = drive == 0 and 2000000 or 1500000
  if not in2026 then return ELIGIBLE, flat, 0 end
  return ELIGIBLE, min(floor((price * (drive == 0 and 12 or 10) + 9999) / 10000) * 100, flat), 0
end

local rules = { appliances = appliances, cars = cars }

-- Columns through FFI: pointers in, three columns of answers out.
local ffi = require "ffi"
function rules.columns(name, n, from, outcome, amount, failed)
  local decide = rules[name]
  local column = {}
  for i = 0, 7 do
    column[i] = ffi.cast(from[i].small and "const uint8_t*" or "const int32_t*", from[i].data)
  end
  outcome = ffi.cast("uint8_t*", outcome)
  amount = ffi.cast("int32_t*", amount)
  failed = ffi.cast("uint8_t*", failed)
  local a, b, c, d, e, f, g, h = column[0], column[1], column[2], column[3], column[4], column[5], column[6], column[7]
  for i = 0, n - 1 do
    outcome[i], amount[i], failed[i] = decide(a[i], b[i], c[i], d[i], e[i], f[i], g[i], h[i])
  end
end

-- JSON text to JSON text with lua-cjson.
local has_cjson, cjson = pcall(require, "cjson")
if has_cjson then
  local function numbered(names)
    local out = {}
    for i, name in ipairs(names) do out[name] = i - 1 end
    return out
  end
  local CATEGORY = numbered { "fridge", "washer", "tv", "air_conditioner", "computer", "water_heater", "stove", "range_hood",
    "water_purifier", "dishwasher", "rice_cooker", "microwave", "phone", "tablet", "watch_or_band", "smart_glasses", "other_goods" }
  local TIER = numbered { "level1", "level2", "level3", "level4", "level5", "fails" }
  local BUYER = numbered { "individual", "company", "household_business" }
  local FUEL = numbered { "petrol", "diesel", "other_fuel", "new_energy" }
  local DRIVE = numbered { "nev", "fuel_car" }
  local OUTCOME = { [ELIGIBLE] = "eligible", [INELIGIBLE] = "ineligible", [REFERRED] = "referred", [NOT_IN_FORCE] = "not_in_force" }
  local byte = string.byte
  local function date(text)
    local y1, y2, y3, y4, _, m1, m2, _, d1, d2 = byte(text, 1, 10)
    return day(y1 * 1000 + y2 * 100 + y3 * 10 + y4 - 53328, m1 * 10 + m2 - 528, d1 * 10 + d2 - 528)
  end
  local function fen(number) return floor(number * 100 + 0.5) end
  local function answer(names, outcome, amount, failed)
    local list = {}
    for i = 0, #names - 1 do
      if band(rshift(failed, i), 1) ~= 0 then list[#list + 1] = names[i + 1] end
    end
    return cjson.encode { outcome = OUTCOME[outcome], amount = outcome == ELIGIBLE and amount / 100 or nil, failed = list }
  end
  local APPLIANCE_FAILURES = { "consumer", "shop", "listed", "efficient", "take_back" }
  local CAR_FAILURES = { "旧车登记", "新车范围", "材料日期", "按期申请", "持有", "年内办结", "定额", "从价" }
  rules.json = {
    appliances = function(text)
      local case = cjson.decode(text)
      local p, s = case.purchase, case.seller
      return answer(APPLIANCE_FAILURES, appliances(date(p.date), CATEGORY[p.category], TIER[p.tier] or 6, fen(p.list_price),
        fen(p.discounts), s.participating and 1 or 0, s.takes_back and 1 or 0, BUYER[case.buyer.kind]))
    end,
    cars = function(text)
      local case = cjson.decode(text)
      local old, new = case["旧车"], case["新车"]
      local litres = new["排量"]
      return answer(CAR_FAILURES, cars(date(new["开票日期"]), date(case["申请"]["提交日期"]), FUEL[old["燃料"]], date(old["登记日期"]),
        date(old["转入日期"]), DRIVE[new["类别"]], litres and floor(litres * 1000 + 0.5) or 0, fen(new["价税合计"])))
    end
  }
end

return rules
