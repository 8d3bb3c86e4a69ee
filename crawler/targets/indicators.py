"""Indicators: one key for all spellings of what is measured, and its English name.

Ring 1; data and pure functions. To add an indicator, add a line: its canonical name, a colon, its other names with |
between them, an equals sign, its English name (a line that ends in | or = goes on). A name stands in one line only, and
only where it means one thing: 投资 or 收入 alone do not. Names are compared folded, without quotation marks and without
the words for the whole region (全市). English names follow the China Statistical Yearbook where it has the indicator,
the national reports in English elsewhere.
"""

import re

from crawler.text import fold

_TABLE = """
地区生产总值: GDP | 国内生产总值 | 生产总值 | 地区生产总值(GDP) | 国内生产总值(GDP) | 经济 | 经济总量 |
    gross domestic product = Gross Regional Product
人均地区生产总值: 人均GDP | 人均生产总值 | 人均国内生产总值 | GDP per capita = Per Capita Gross Regional Product
第一产业增加值: 一产增加值 = Value-added of the Primary Industry
农林牧渔业增加值 = Value-added of Agriculture, Forestry, Animal Husbandry and Fishery
农林牧渔业总产值 = Gross Output Value of Agriculture, Forestry, Animal Husbandry and Fishery
第二产业增加值: 二产增加值 = Value-added of the Secondary Industry
第三产业增加值: 三产增加值 | 服务业增加值 = Value-added of the Tertiary Industry
规模以上工业增加值: 规上工业增加值 | 规模工业增加值 | industrial value added =
    Value-added of Industrial Enterprises above Designated Size
工业增加值: 全部工业增加值 = Value-added of Industry
规模以上工业总产值: 规上工业总产值 | 规模工业总产值 =
    Gross Output Value of Industrial Enterprises above Designated Size
规模以上工业企业营业收入: 规上工业企业营业收入 | 规上工业企业营收 | 规上工业营业收入 | 规上工业营收 =
    Business Revenue of Industrial Enterprises above Designated Size
规模以上工业企业利润: 规上工业企业利润 | 规上工业企业利润总额 | 规模以上工业企业利润总额 | 规上工业利润 =
    Total Profits of Industrial Enterprises above Designated Size
规模以上服务业营业收入: 规上服务业营业收入 | 规上服务业营收 | 规上服务业企业营业收入 | 规模以上服务业企业营业收入 =
    Business Revenue of Service Enterprises above Designated Size
制造业增加值占地区生产总值比重: 制造业增加值占GDP比重 | 制造业增加值占比 =
    Value-added of Manufacturing as Percentage of Gross Regional Product
高技术制造业增加值: 规上高技术制造业增加值 | 规模以上高技术制造业增加值 = Value-added of High-tech Manufacturing
高技术制造业增加值占规模以上工业比重: 高技术制造业增加值占规上工业比重 | 高技术制造业增加值占规上工业增加值比重 |
    高技术制造业增加值占规模以上工业增加值比重 =
    Value-added of High-tech Manufacturing as Percentage of Industry above Designated Size
装备制造业增加值: 规上装备制造业增加值 | 规模以上装备制造业增加值 = Value-added of Equipment Manufacturing
高新技术产业增加值: 规上高新技术产业增加值 | 规模以上高新技术产业增加值 =
    Value-added of High and New Technology Industries
高新技术产业增加值占规模以上工业比重: 高新技术产业增加值占规上工业增加值比重 | 高新技术产业增加值占规上工业比重 |
    高新技术产业增加值占规模以上工业增加值比重 =
    Value-added of High and New Technology Industries as Percentage of Industry above Designated Size
战略性新兴产业增加值: 规上战略性新兴产业增加值 | 战新产业增加值 = Value-added of Strategic Emerging Industries
数字经济增加值占地区生产总值比重: 数字经济增加值占GDP比重 | 数字经济增加值占比 =
    Value-added of the Digital Economy as Percentage of Gross Regional Product
数字经济核心产业增加值: 规上数字经济核心产业增加值 = Value-added of Core Industries of the Digital Economy
数字经济核心产业增加值占地区生产总值比重: 数字经济核心产业增加值占GDP比重 | 数字经济核心产业增加值占比 =
    Value-added of Core Industries of the Digital Economy as Percentage of Gross Regional Product
数字经济核心产业营业收入: 数字经济核心产业主营业务收入 | 数字经济核心产业营收 =
    Business Revenue of Core Industries of the Digital Economy
金融业增加值: 金融增加值 = Value-added of the Financial Industry
建筑业总产值: 建筑业产值 = Gross Output Value of Construction
建筑业增加值 = Value-added of Construction
民营经济增加值 = Value-added of the Private Economy
文化产业增加值: 文化及相关产业增加值 = Value-added of Culture and Related Industries
海洋生产总值: 海洋经济生产总值 = Gross Ocean Product
软件和信息技术服务业收入: 软件业务收入 | 软件和信息技术服务业营业收入 =
    Revenue of Software and Information Technology Services
固定资产投资: 全社会固定资产投资 | 固定资产投资(不含农户) | 固投 | 固定资产投资总额 = Total Investment in Fixed Assets
工业投资: 工业固定资产投资 = Investment in Industry
制造业投资: 制造业固定资产投资 = Investment in Manufacturing
技术改造投资: 技改投资 | 工业技改投资 | 工业技术改造投资 = Investment in Technological Upgrading
民间投资: 民间固定资产投资 | private investment = Non-governmental Investment
基础设施投资: 基建投资 = Investment in Infrastructure
房地产开发投资 = Investment in Real Estate Development
高技术产业投资 = Investment in High-tech Industries
高新技术产业投资 = Investment in High and New Technology Industries
交通投资: 综合交通投资 | 交通基础设施投资 | 交通固定资产投资 | 综合交通建设投资 = Investment in Transport
水利投资: 水利建设投资 | 水利固定资产投资 = Investment in Water Conservancy
能源投资 = Investment in Energy
中央预算内投资 = Investment from the Central Government Budget
社会消费品零售总额: 社零 | 社零总额 | 社消零 | 社会消费品零售额 | 社会消费品零售 =
    Total Retail Sales of Consumer Goods
网络零售额: 网上零售额 | 网络零售 = Online Retail Sales
一般公共预算收入: 地方一般公共预算收入 | 财政收入 | 公共财政预算收入 | 地方财政收入 = General Public Budget Revenue
一般公共预算支出: 地方一般公共预算支出 | 财政支出 | 一般公共预算支出规模 = General Public Budget Expenditure
财政总收入 = Total Government Revenue
税收收入 = Tax Revenue
赤字率: 财政赤字率 = Deficit-to-GDP Ratio
赤字规模: 财政赤字规模 = Government Deficit
地方政府专项债券: 安排地方政府专项债券 | 新增地方政府专项债券 | 新增专项债券 | 地方政府新增专项债券 =
    Local Government Special-purpose Bonds
超长期特别国债: 发行超长期特别国债 = Ultra-long Special Treasury Bonds
进出口总额: 外贸进出口总额 | 货物进出口总额 | 外贸进出口 | 进出口 | 货物进出口 | 外贸进出口总值 | 进出口总值 |
    货物贸易进出口总额 = Total Value of Imports and Exports of Goods
出口总额: 外贸出口 | 出口 | 货物出口 | 外贸出口总额 | 出口额 | 货物贸易出口 | 外贸出口额 =
    Total Value of Exports of Goods
进口总额: 外贸进口 | 进口 | 货物进口 | 外贸进口总额 | 进口额 = Total Value of Imports of Goods
服务贸易进出口总额: 服务贸易总额 | 服务进出口总额 | 服务贸易进出口 | 服务进出口 =
    Total Value of Imports and Exports of Services
跨境电商进出口额: 跨境电商进出口 | 跨境电商进出口总额 = Imports and Exports through Cross-border E-commerce
实际使用外资: 实际利用外资 | 实到外资 | 利用外资 | 实际使用外资金额 | 实际利用外商直接投资 =
    Foreign Direct Investment Actually Utilized
居民消费价格: 居民消费价格指数 | CPI | 居民消费价格总水平 | 物价 | 居民消费价格指数(CPI) = Consumer Price Index
城镇调查失业率: 城镇调查失业率平均 | 城镇调查失业率平均值 | 调查失业率 | 城镇调查失业率全年平均 =
    Surveyed Urban Unemployment Rate
城镇登记失业率: 登记失业率 = Registered Urban Unemployment Rate
城镇新增就业: 城镇新增就业人数 | 新增城镇就业 | 城镇新增就业人员 | 新增城镇就业人数 | 新增城镇就业人员 |
    new urban jobs = Newly Employed Persons in Urban Areas
失业人员再就业: 城镇失业人员再就业 = Re-employed Persons among the Unemployed
就业困难人员就业: 就业困难人员实现就业 | 城镇就业困难人员就业 =
    Employed Persons among Those Having Difficulty Finding Work
农村劳动力转移就业: 农村劳动力转移就业规模 = Rural Labour Force Transferred to Non-agricultural Jobs
新增农村劳动力转移就业: 农村新增劳动力转移就业 = Newly Transferred Rural Labour Force
脱贫劳动力务工规模: 脱贫人口务工规模 | 脱贫劳动力转移就业规模 = Migrant Workers Lifted out of Poverty
职业技能培训: 开展职业技能培训 | 职业技能培训人次 = Vocational Skills Training
居民人均可支配收入: 居民可支配收入 | 居民收入 | 全体居民人均可支配收入 | 人均可支配收入 | 居民人均收入 |
    全体居民收入 = Per Capita Disposable Income of Households
城镇居民人均可支配收入: 城镇居民可支配收入 | 城镇居民收入 | 城镇常住居民人均可支配收入 =
    Per Capita Disposable Income of Urban Households
农村居民人均可支配收入: 农村居民可支配收入 | 农民人均可支配收入 | 农村居民收入 | 农民收入 |
    农村常住居民人均可支配收入 = Per Capita Disposable Income of Rural Households
农民人均纯收入: 农村居民人均纯收入 = Per Capita Net Income of Rural Households
脱贫地区农村居民人均可支配收入: 脱贫地区农村居民收入 | 脱贫县农村居民人均可支配收入 =
    Per Capita Disposable Income of Rural Households in Areas Lifted out of Poverty
低收入农户人均可支配收入: 低收入农户收入 = Per Capita Disposable Income of Low-income Rural Households
城乡居民收入比: 城乡居民收入倍差 | 城乡居民人均可支配收入比 | 城乡收入比 = Urban-Rural Income Ratio
研发经费投入强度: 研发投入强度 | 全社会研发投入强度 | R&D投入强度 | 全社会研发经费投入占GDP比重 |
    研发经费支出占地区生产总值比重 | 全社会研发经费投入强度 | 研发经费支出占GDP比重 | 研究与试验发展经费投入强度 |
    研究与试验发展(R&D)经费投入强度 | 全社会研发经费支出占地区生产总值比重 | 全社会研发经费支出占GDP比重 |
    全社会研发投入占GDP比重 | 研发投入占GDP比重 | 研发经费投入占地区生产总值比重 |
    全社会研发经费支出相当于全市生产总值的比例 | 全社会研发经费支出相当于地区生产总值的比例 |
    全社会研究与试验发展经费投入强度 | R&D intensity = Ratio of Expenditure on R&D to Gross Regional Product
研发经费支出: 全社会研发经费 | 研发经费投入 | 全社会研发经费支出 | 全社会研发经费投入 | R&D经费支出 =
    Expenditure on R&D
基础研究经费占研发经费比重: 基础研究投入占比 | 基础研究经费占比 | 基础研究经费投入占研发经费比重 =
    Basic Research as Percentage of Expenditure on R&D
每万人口高价值发明专利拥有量: 每万人高价值发明专利拥有量 | 万人高价值发明专利拥有量 | 万人口高价值发明专利拥有量 =
    High-value Invention Patents per 10 000 Persons
技术合同成交额: 技术交易总额 | 技术合同交易额 | 技术合同成交金额 | 技术合同成交总额 =
    Transaction Value of Technical Contracts
高新技术企业: 国家高新技术企业 | 国高企 | 高新技术企业数 | 高新技术企业数量 | 国家高新技术企业数 =
    High and New Technology Enterprises
新增高新技术企业: 新增国家高新技术企业 | 净增高新技术企业 | 新认定高新技术企业 | 新认定国家高新技术企业 =
    Newly Added High and New Technology Enterprises
科技型中小企业: 省科技型中小企业 | 科技型中小企业数 | 科技型中小企业数量 =
    Technology-based Small and Medium-sized Enterprises
新增科技型中小企业: 新增省科技型中小企业 | 新认定科技型中小企业 =
    Newly Added Technology-based Small and Medium-sized Enterprises
专精特新企业: 专精特新中小企业 = Specialized and Sophisticated Enterprises Producing Novel and Unique Products
新增专精特新企业: 新增专精特新中小企业 | 新增省级专精特新企业 | 新增省级专精特新中小企业 =
    Newly Added Specialized and Sophisticated Enterprises
专精特新小巨人企业: 国家级专精特新小巨人企业 | 国家专精特新小巨人企业 = Little Giant Enterprises
新增专精特新小巨人企业: 新增国家级专精特新小巨人企业 | 新增国家专精特新小巨人企业 =
    Newly Added Little Giant Enterprises
新增制造业单项冠军企业: 新增国家级制造业单项冠军 | 新增国家制造业单项冠军 | 新增国家级制造业单项冠军企业 |
    新增国家制造业单项冠军企业 = Newly Added Manufacturing Single-product Champions
规模以上工业企业数: 规上工业企业 | 规模以上工业企业 | 规上工业企业数 | 规上工业企业数量 | 规模以上工业企业数量 =
    Industrial Enterprises above Designated Size
新增规模以上工业企业: 新增规上工业企业 | 净增规上工业企业 | 净增规模以上工业企业 | 新增规上工业企业数 =
    Newly Added Industrial Enterprises above Designated Size
新增上市企业: 新增上市公司 | 新增境内外上市企业 | 新增境内外上市公司 = Newly Listed Companies
经营主体: 市场主体 | 经营主体总量 | 经营主体数量 | 市场主体总量 | business entities = Market Entities
新增经营主体: 新登记经营主体 | 新设经营主体 | 净增经营主体 | 经营主体净增 | 新增市场主体 =
    Newly Registered Market Entities
经营主体减负: 为经营主体减负 | 市场主体减负 | 市场经营主体减负 = Burden Reduction for Market Entities
全员劳动生产率 = Overall Labour Productivity
新增高技能人才: 新培育高技能人才 | 培育高技能人才 | 培养高技能人才 | 新培养高技能人才 =
    Newly Trained Highly Skilled Workers
新增技能人才 = Newly Trained Skilled Workers
社会融资规模增量: 社会融资规模新增 | 新增社会融资规模 = Increase in Aggregate Financing to the Real Economy
新增贷款: 新增各项贷款 | 各项贷款新增 | 新增本外币贷款 = New Loans
本外币贷款余额: 各项贷款余额 | 金融机构本外币贷款余额 = Outstanding Loans of Financial Institutions
本外币存款余额: 各项存款余额 | 金融机构本外币存款余额 = Deposits with Financial Institutions
普惠小微贷款余额: 普惠小微企业贷款余额 | 普惠型小微企业贷款余额 =
    Outstanding Inclusive Loans to Small and Micro Businesses
制造业中长期贷款余额: 制造业中长期贷款 = Outstanding Medium- and Long-term Loans to Manufacturing
不良贷款率: 银行业不良贷款率 = Non-performing Loan Ratio
粮食产量: 粮食总产量 | 粮食综合产量 | 粮食总产 = Output of Grain
粮食播种面积: 粮食面积 | 粮食种植面积 = Sown Area of Grain Crops
粮食单产: 粮食亩产 | 粮食单位面积产量 = Grain Yield per Unit Area
蔬菜产量 = Output of Vegetables
生猪出栏: 生猪出栏量 | 出栏生猪 = Slaughtered Fattened Hogs
高标准农田: 新建高标准农田 | 建设高标准农田 | 新增高标准农田 = Well-facilitated Farmland
改造提升高标准农田: 改造高标准农田 | 改造提升高标准农田建设 = Upgraded Well-facilitated Farmland
新建和改造提升高标准农田 = Newly Built and Upgraded Well-facilitated Farmland
主要农作物耕种收综合机械化率: 农作物耕种收综合机械化率 | 主要农作物综合机械化率 | 农作物综合机械化率 =
    Comprehensive Mechanization Rate of Main Crops
农业科技进步贡献率 = Contribution Rate of Scientific and Technological Progress to Agriculture
单位地区生产总值能耗: 单位GDP能耗 | 单位生产总值能耗 | 万元GDP能耗 | 万元地区生产总值能耗 | 单位国内生产总值能耗 |
    单位GDP能源消耗 | 单位国内生产总值能源消耗 | 单位地区生产总值能源消耗 | 万元生产总值能耗 =
    Energy Consumption per Unit of Gross Regional Product
单位地区生产总值二氧化碳排放: 单位GDP二氧化碳排放 | 单位GDP碳排放 | 单位国内生产总值二氧化碳排放 |
    单位地区生产总值碳排放 | 单位国内生产总值二氧化碳排放量 | 单位地区生产总值二氧化碳排放量 | 碳排放强度 |
    carbon intensity = Carbon Dioxide Emissions per Unit of Gross Regional Product
万元地区生产总值用水量: 万元GDP用水量 | 单位地区生产总值用水量 | 单位GDP用水量 | 万元国内生产总值用水量 =
    Water Consumption per 10 000 Yuan of Gross Regional Product
非化石能源消费比重: 非化石能源占能源消费比重 | 非化石能源消费占比 | 非化石能源占一次能源消费比重 |
    非化石能源占能源消费总量比重 = Share of Non-fossil Energy in Total Energy Consumption
空气质量优良天数比率: 空气质量优良天数比例 | 空气优良天数比例 | 空气质量优良率 | AQI优良率 | 优良天数比率 |
    优良天数比例 | 环境空气质量优良率 | 地级及以上城市空气质量优良天数比例 | 空气优良天数比率 | 空气优良率 =
    Proportion of Days with Good Air Quality
细颗粒物浓度: PM2.5浓度 | PM2.5平均浓度 | 细颗粒物(PM2.5)平均浓度 | PM2.5年均浓度 | 细颗粒物年均浓度 |
    细颗粒物平均浓度 | 细颗粒物(PM2.5)浓度 | 细颗粒物(PM2.5)年均浓度 =
    Concentration of Fine Particulate Matter (PM2.5)
地表水水质优良率: 地表水优良水质比例 | 地表水达到或好于Ⅲ类水体比例 | 国考断面水质优良率 | 国考断面水质优良比例 |
    地表水国考断面水质优良率 | 国控断面水质优良比例 | 地表水国控断面Ⅰ-Ⅲ类水质比例 | 地表水国考断面水质优良比例 |
    地表水优良比例 = Proportion of Surface Water of Grade III or Better
森林覆盖率 = Forest Coverage Rate
水土保持率 = Soil and Water Conservation Rate
治理水土流失面积: 综合治理水土流失面积 | 新增水土流失治理面积 | 治理水土流失 = Area of Soil Erosion under Control
营造林: 完成营造林 | 营造林面积 | 治理营造林 = Afforestation and Forest Management
森林抚育: 森林抚育面积 = Forest Tending
城市生活污水集中收集率: 城市污水集中收集率 | 生活污水集中收集率 = Centralized Collection Rate of Urban Sewage
农村生活污水治理率: 农村生活污水治理(管控)率 | 农村生活污水治理管控率 = Treatment Rate of Rural Domestic Sewage
农村自来水普及率 = Coverage of Tap Water in Rural Areas
农村卫生厕所普及率: 农村卫生户厕覆盖率 | 农村卫生户厕率 | 农村卫生户厕普及率 | 卫生厕所普及率 =
    Coverage of Sanitary Toilets in Rural Areas
生活垃圾回收利用率: 城市生活垃圾回收利用率 = Recycling Rate of Domestic Waste
秸秆综合利用率: 农作物秸秆综合利用率 = Comprehensive Utilization Rate of Crop Straw
畜禽粪污资源化利用率: 畜禽粪污综合利用率 = Utilization Rate of Livestock and Poultry Waste
电力装机容量: 电力总装机 | 电力装机 | 电力装机规模 | 发电装机容量 = Installed Power Generation Capacity
新增电力装机: 新增电源装机 | 新增发电装机 = Newly Installed Power Generation Capacity
可再生能源装机占比: 可再生能源发电装机占比 | 可再生能源装机比重 = Share of Renewable Energy in Installed Capacity
新能源和清洁能源装机占比: 新能源和清洁能源装机比重 = Share of New and Clean Energy in Installed Capacity
发电量: 全口径发电量 = Electricity Generation
原煤产量: 煤炭产量 = Output of Raw Coal
非常规天然气产量 = Output of Unconventional Natural Gas
新能源汽车产量: 新能源汽车年产量 | 生产新能源汽车 = Output of New Energy Vehicles
工业机器人产量 = Output of Industrial Robots
集成电路产量 = Output of Integrated Circuits
常住人口城镇化率: 城镇化率 | 常住人口城市化率 = Urbanization Rate of Permanent Residents
户籍人口城镇化率 = Urbanization Rate of Registered Population
人口自然增长率 = Natural Growth Rate of Population
人均预期寿命: 居民人均预期寿命 | 平均预期寿命 = Life Expectancy
劳动年龄人口平均受教育年限 = Average Years of Schooling of the Working-age Population
高等教育毛入学率 = Gross Enrolment Ratio in Higher Education
义务教育巩固率: 九年义务教育巩固率 = Retention Rate of Compulsory Education
普惠性幼儿园覆盖率: 普惠性学前教育覆盖率 = Coverage of Public-interest Kindergartens
每千人口托位数: 每千人口拥有3岁以下婴幼儿托位数 | 千人口托位数 | 每千人口婴幼儿托位数 =
    Childcare Places per 1 000 Persons
新增普惠性托位: 新增普惠托位 = Newly Added Public-interest Childcare Places
新增养老床位 = Newly Added Beds in Elderly Care Institutions
基本养老保险参保率 = Participation Rate of Basic Endowment Insurance
基本医疗保险参保率: 基本医保参保率 = Participation Rate of Basic Medical Insurance
特殊困难老年人家庭适老化改造 = Homes Adapted for Elderly Persons in Special Difficulty
保障性租赁住房: 筹集保障性租赁住房 | 新增保障性租赁住房 | 筹建保障性租赁住房 = Government-subsidized Rental Housing
改造老旧小区: 改造城镇老旧小区 | 城镇老旧小区改造 | 老旧小区改造 = Renovated Old Urban Residential Communities
新开工改造城镇老旧小区 = Old Urban Residential Communities on Which Renovation Starts
改造城中村: 城中村改造 | 城中村改造项目 = Redevelopment of Urban Villages
改造城市危旧房: 城市危旧房改造 | 改造城市危旧房改造 = Renovation of Dilapidated Urban Housing
加装电梯: 老楼加装电梯 | 既有住宅加装电梯 | 既有多层住宅加装电梯 = Lifts Retrofitted to Old Buildings
更新改造城市地下管网: 改造城市地下管网 | 更新城市地下管网 = Renewal of Urban Underground Pipelines
新建绿道: 建设绿道 = Newly Built Greenways
新增建设用地指标: 新增建设用地 = Quota of Land Newly Used for Construction
新改建农村公路: 新建改建农村公路 | 新建改造农村公路 | 新改建四好农村路 | 新建、改建农村公路 =
    Newly Built and Rebuilt Rural Roads
高速公路通车里程: 高速公路通车总里程 | 高速公路里程 | 高速公路总里程 = Length of Expressways
高速铁路运营里程: 高铁运营里程 | 高铁通车里程 | 高铁运营总里程 | 高铁里程 = Length of High-speed Railways in Operation
铁路运营里程: 铁路营业里程 = Length of Railways in Operation
新增轨道交通运营里程: 新增地铁运营里程 | 新增城市轨道交通运营里程 = Newly Opened Length of Urban Rail Transit
货运量: 货物运输量 = Freight Traffic
港口货物吞吐量: 货物吞吐量 = Cargo Throughput of Ports
集装箱吞吐量: 港口集装箱吞吐量 = Container Throughput of Ports
货邮吞吐量: 机场货邮吞吐量 = Cargo and Mail Throughput of Airports
机场旅客吞吐量: 机场年旅客吞吐量 = Passenger Throughput of Airports
快递业务量: 快递年业务量 = Express Deliveries
社会物流总费用占地区生产总值比率: 社会物流总费用与地区生产总值的比率 | 社会物流总费用与生产总值的比率 |
    社会物流总费用与GDP的比率 | 社会物流总费用占地区生产总值的比重 | 社会物流总费用占GDP比重 |
    社会物流总费用与GDP比率 = Total Logistics Costs as Percentage of Gross Regional Product
旅游总收入: 旅游收入 | 旅游综合收入 = Total Tourism Revenue
旅游总花费: 游客总花费 | 国内旅游总花费 = Total Tourism Expenditure
接待游客: 接待游客人次 | 接待游客人数 | 接待旅游人数 | 游客接待量 | 接待游客总人数 | 旅游接待人次 = Tourist Arrivals
5G基站: 5G基站总数 | 5G基站数 = 5G Base Stations
新建5G基站: 新增5G基站 | 建设5G基站 | 新建开通5G基站 = Newly Built 5G Base Stations
智能算力规模: 智能算力 = Intelligent Computing Capacity
新建充电桩: 新增充电桩 | 新建新能源汽车充电桩 = Newly Built Charging Piles
新建公共充电桩: 新建新能源汽车公共充电桩 | 新增公共充电桩 = Newly Built Public Charging Piles
生产安全事故起数: 安全生产事故起数 = Work Safety Accidents
工农业总产值 = Gross Output Value of Industry and Agriculture
工业总产值: 全部工业总产值 = Gross Output Value of Industry
农业总产值 = Gross Output Value of Agriculture
国民生产总值: GNP = Gross National Product
国民收入 = National Income
社会商品零售总额 = Total Retail Sales of Commodities
商品零售价格: 商品零售价格指数 | 零售物价 | 零售物价总水平 = Retail Price Index
乡镇企业总产值 = Gross Output Value of Township Enterprises
棉花产量 = Output of Cotton
油料产量 = Output of Oil-bearing Crops
肉类产量: 肉类总产量 = Output of Meat
水产品产量: 水产品总产量 = Output of Aquatic Products
粗钢产量: 钢产量 = Output of Crude Steel
原油产量 = Output of Crude Oil
天然气产量 = Output of Natural Gas
水泥产量 = Output of Cement
生产安全事故死亡人数: 安全生产事故死亡人数 = Deaths from Work Safety Accidents
"""
_REGION = re.compile(r"^(?:全省|全市|全县|全区|全国|我省|我市|我县|我区|我国|全年|本市|全社会(?=固定))")
_TAIL = re.compile(r"(?:年均增长|年均增速|增长|增速|增幅|涨幅|上涨)$")
_NOISE = str.maketrans("", "", "\"'·“”‘’《》<>")


def _rows() -> list[tuple[list[str], str]]:
    """The names of each indicator, the canonical one first, and its English name."""
    lines = re.sub(r"([|=:])\n *", r"\1 ", _TABLE).strip().splitlines()
    parted = [line.partition(" = ") for line in lines]
    return [([name.strip() for name in re.split(r": | \| ", names)], english.strip()) for names, _, english in parted]


def simplify(name: str) -> str:
    """A name as looked up."""
    plain = fold(fold(name).translate(_NOISE).casefold())  # an accent may have lost the mark before it
    return _TAIL.sub("", _REGION.sub("", plain)) or plain


_LINES = {names[0]: (tuple(names), english) for names, english in _rows()}
CANONICAL: dict[str, str] = {
    simplify(name): names[0] for names, english in _LINES.values() for name in (*names, english)
}
"""Canonical name by simplified name, Chinese or English."""


def key_of(indicator: str) -> str:
    """The canonical name of an indicator, or its own text simplified if the table does not know it."""
    plain = simplify(indicator)
    return CANONICAL.get(plain, plain)


def english_of(canonical: str) -> str | None:
    """The field's English name of a canonical indicator (`Target.key`); None if the table does not know it."""
    return _LINES[canonical][1] if canonical in _LINES else None


def names_of(canonical: str) -> tuple[str, ...]:
    """The Chinese names of a canonical indicator as the table has them, itself first; none if it is unknown."""
    return _LINES[canonical][0] if canonical in _LINES else ()
